// Codes from the self-check to the thing on sale: a test order, an order of ten, their labels as a scanner reads them, and two of
// them in an order of the marketplace.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { allowLogin, check, connectSuz, createCompany, giveKey, signAll, step, verdict, WORDS as SUZ } from '../support/crpt';
import { anyGtin, emissionsOf, fillOrder, handedOut, loseNextOrder, openId, turnOrder } from '../support/emission';
import { pictures, read } from '../support/labels';
import { bodiesFor, control, createCabinet, createOrder } from '../support/sandbox';
import { connect, openOrder, signUp, WORDS as SELLER } from '../support/seller';
import { startDemo, type DemoServer } from '../support/server';
import { expect, test } from '../support/test';

const pill = (page: Page) => page.locator('main .top .pill').first();

/** Somebody whose connection to СУЗ is checked; its address. */
async function connected(page: Page): Promise<string> {
  await connectSuz(page, await createCompany(), 'demoKey');
  const address = page.url();
  await allowLogin(page);
  await check(page, 2);
  await expect(verdict(page)).toHaveText(SUZ.ru.well);
  return address;
}

test('from a test order to labels that a scanner reads and an order of the Market', async ({ page, axe }, info) => {
  test.setTimeout(120_000);
  const gtin = anyGtin();
  await signUp(page, 'ru');
  const address = await connected(page);

  // The third level of the self-check: three codes, asked first.
  await page.getByRole('link', { name: 'Сделать пробный заказ…' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Пробный заказ' })).toBeVisible();
  await fillOrder(page, gtin, 3);
  await axe(page);
  await page.getByRole('button', { name: 'Проверить пробным заказом' }).click();
  await page.waitForURL(address);
  await expect(step(page, 'test_order')).toHaveClass(/ok/, { timeout: 40_000 });
  await expect(verdict(page)).toHaveText(SUZ.ru.well);
  await axe(page);

  // An order of ten. A wrong check digit is told while it is typed.
  await page.goto('/suz/orders/new');
  await fillOrder(page, gtin, 10);
  const number = page.getByRole('group', { name: 'Товар 1', exact: true }).getByLabel('GTIN', { exact: true });
  const wrong = `${gtin.slice(0, -1)}${(Number(gtin.slice(-1)) + 1) % 10}`;
  await number.fill(wrong);
  await expect(number).toHaveAttribute('aria-invalid', 'true');
  await axe(page);
  await number.fill(gtin);
  await expect(number).not.toHaveAttribute('aria-invalid');
  await page.getByRole('button', { name: 'Заказать коды', exact: true }).click();
  await page.waitForURL(/\/suz\/orders\/[0-9a-f-]{36}$/);
  const id = openId(page);
  await expect(pill(page)).toHaveText('коды получены', { timeout: 40_000 });
  await expect(page.getByText('получено всё', { exact: true })).toBeVisible();
  await axe(page);

  // Exactly one order, and every code of it is here.
  const [emission, ...others] = await emissionsOf(id);
  expect(others).toEqual([]);
  const codes = await handedOut(emission?.orderId ?? '');
  expect(codes).toHaveLength(10);
  await page.getByRole('button', { name: 'Закрыть заказ', exact: true }).click();
  await expect(pill(page)).toHaveText('закрыт');
  await page.goto('/suz/orders');
  await expect(page.locator(`[data-order="${id}"]`)).toContainText('закрыт');
  await axe(page);

  // Labels: the file is what the button gives, read back by another program.
  await page.goto(`/suz/stock/${gtin}`);
  await axe(page);
  await page.getByLabel('Сколько этикеток').fill('10');
  await page.getByLabel('Название').fill('Шарф шерстяной');
  await page.getByRole('button', { name: 'Напечатать этикетки', exact: true }).click();
  const file = page.getByRole('link', { name: 'Открыть PDF' });
  await expect(file).toBeVisible();
  await axe(page);
  const pdf = await page.request.get((await file.getAttribute('href')) ?? '');
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  const labels = await pictures(await pdf.body());
  expect(labels).toHaveLength(10);
  await info.attach('label', { body: labels[0] ?? Buffer.alloc(0), contentType: 'image/png' });
  const printed: string[] = [];
  for (const label of labels) {
    const [symbol, ...rest] = await read(label);
    expect(rest).toEqual([]);
    expect(symbol?.symbology).toBe(']d2');
    printed.push(symbol?.text ?? '');
  }
  expect(new Set(printed).size).toBe(10);
  // The test order's three were first in the stock.
  const known = new Set([...codes, ...(await testCodes(page, id))]);
  for (const code of printed) expect(known.has(code), JSON.stringify(code)).toBe(true);

  // Two of them go into an order of the marketplace.
  const cabinet = await createCabinet('Лавка');
  const order = await createOrder(cabinet.campaign, [
    { offerName: 'Шарф шерстяной', count: 2, requiredInstanceTypes: ['CIS'], gtin },
  ]);
  await page.goto('/connections');
  await connect(page, cabinet, 'ru');
  await openOrder(page, order);
  const bound = printed.slice(0, 2);
  await page.getByLabel(SELLER.ru.scan).fill(bound.join('\n'));
  await page.getByRole('button', { name: SELLER.ru.put, exact: true }).click();
  await page.getByRole('button', { name: SELLER.ru.send }).click();
  await expect(page.getByText(SELLER.ru.accepted).first()).toBeVisible();
  const [body] = await bodiesFor(order);
  for (const code of bound) expect(body).toContain(JSON.stringify(code));
});

/** The codes of the other order on the list: the self-check's. */
async function testCodes(page: Page, id: string): Promise<string[]> {
  await page.goto('/suz/orders');
  const rows = page.locator('[data-order]');
  await expect(rows).toHaveCount(2);
  const ids = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-order') ?? ''));
  const [other] = await emissionsOf(ids.find((one) => one !== id) ?? '');
  return handedOut(other?.orderId ?? '');
}

test('an order waits for a person, who signs it, and labels come once', async ({ page, context, axe }) => {
  const company = await createCompany();
  const gtin = anyGtin();
  await giveKey(context, company);
  await signUp(page, 'ru');
  await connectSuz(page, company, 'browser');
  await allowLogin(page);
  await check(page, 2);
  await expect(verdict(page)).toHaveText(SUZ.ru.waits);
  await signAll(page);
  await page.goto('/suz/orders/new');
  await fillOrder(page, gtin, 2);
  await page.getByRole('button', { name: 'Заказать коды', exact: true }).click();
  await page.waitForURL(/\/suz\/orders\/[0-9a-f-]{36}$/);
  const [address, id] = [page.url(), openId(page)];
  await expect(pill(page)).toHaveText('ждёт подписи');
  expect(await emissionsOf(id), 'nothing leaves unsigned').toEqual([]);
  await axe(page);
  await signAll(page);
  await page.goto(address);
  await expect(pill(page)).toHaveText('коды получены', { timeout: 40_000 });
  expect(await emissionsOf(id)).toHaveLength(1);
});

test('an order is paused, goes on, and is closed with a loss that is said before', async ({ page, axe }) => {
  test.setTimeout(120_000);
  await signUp(page, 'ru');
  await connected(page);
  await page.goto('/suz/orders/new');
  await fillOrder(page, anyGtin(), 500);
  await page.getByRole('button', { name: 'Заказать коды', exact: true }).click();
  await page.waitForURL(/\/suz\/orders\/[0-9a-f-]{36}$/);
  const [address, id] = [page.url(), openId(page)];
  // Its codes come slowly, so that most of them are still to come.
  await expect.poll(async () => (await emissionsOf(id)).length).toBe(1);
  const [emission] = await emissionsOf(id);
  const order = emission?.orderId ?? '';
  await turnOrder(order, { fillMs: 3_600_000 });
  const pause = page.getByRole('button', { name: 'Приостановить', exact: true });
  const goOn = page.getByRole('button', { name: 'Продолжить', exact: true });
  await expect(pause).toBeVisible({ timeout: 40_000 });
  // The end of codes that are still to come is told, however far it is.
  await expect(page.locator('.buffers').getByText(/неполученные коды сгорят .*остал(ось|ся) \d+ д/)).toBeVisible();

  await pause.click();
  await expect(page.getByText('Приём приостановлен.', { exact: true })).toBeVisible();
  await expect(pause).toBeHidden();
  await axe(page);
  await page.goto('/suz/orders');
  const row = page.locator(`[data-order="${id}"]`);
  await expect(row).toContainText('приём приостановлен');
  await axe(page);
  await row.getByRole('link', { name: 'Продолжить приём' }).click();
  await page.waitForURL(address);
  await goOn.click();
  await expect(pause).toBeVisible();
  await expect(goOn).toBeHidden();
  await pause.click();
  await expect(goOn).toBeVisible();

  // The number that would be annulled stands in red, and is what is annulled.
  await page.reload();
  await page.getByText('Закрыть раньше времени…', { exact: true }).click();
  const red = page.locator('#close .annulled');
  await expect(red).toHaveText(/^Сгор(ит|ят) \d+ код/);
  await axe(page);
  const lost = Number((await red.innerText()).replace(/\D/g, ''));
  expect(lost).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Закрыть и потерять эти коды' }).click();
  await expect(pill(page)).toHaveText('закрыт');
  expect(await handedOut(order)).toHaveLength(500 - lost);
  // Nothing is offered any more that could not help.
  for (const button of [pause, goOn]) await expect(button).toBeHidden();
  await expect(page.getByText(/сгор(ят|ели)/)).toHaveCount(0);
  await axe(page);
});

test.describe('with a clock of its own', () => {
  const apart = test.extend<{ server: DemoServer }>({
    // The clock is moved, which no other test should feel.
    server: async ({}, use) => {
      const server = await startDemo({ log: join(tmpdir(), 'metka-e2e-emission.log') });
      await use(server);
      await server.remove();
    },
    baseURL: async ({ server }, use) => use(server.url),
  });

  apart('a person decides about an order whose answer was lost, and orders anew', async ({ page, server, axe }) => {
    test.setTimeout(180_000);
    const { sandbox } = server;
    await signUp(page, 'ru');
    await connectSuz(page, await createCompany(undefined, sandbox), 'demoKey');
    await allowLogin(page);
    await check(page, 2);
    await expect(verdict(page)).toHaveText(SUZ.ru.well);
    await loseNextOrder(sandbox);
    await page.goto('/suz/orders/new');
    await fillOrder(page, anyGtin(), 5);
    await page.getByRole('button', { name: 'Заказать коды', exact: true }).click();
    await page.waitForURL(/\/suz\/orders\/[0-9a-f-]{36}$/);
    const lost = openId(page);
    await expect(pill(page)).toHaveText('неизвестно');
    await expect(page.getByText('Решать пока рано', { exact: false })).toBeVisible();
    await axe(page);

    // СУЗ is asked for minutes before a person may decide, with both facts in sight.
    const notMade = page.getByText('Заказа нет…', { exact: true });
    await expect(async () => {
      await control('POST', '/clock', { advanceMs: 60_000 }, sandbox);
      await page.reload();
      await expect(notMade).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 90_000 });
    await expect(page.locator('.two-facts')).toContainText('Ответа не было.');
    await expect(page.locator('.two-facts')).toContainText('заказа с нашим ключом СУЗ не знает');
    await axe(page);
    await notMade.click();
    await page.getByRole('button', { name: 'Да, заказа нет' }).click();
    await expect(page.getByRole('heading', { name: 'Решили: заказ не создан' })).toBeVisible();
    await expect(pill(page)).toHaveText('не создан');
    expect(await emissionsOf(lost, sandbox), 'it never arrived and was not sent again').toEqual([]);

    // The same again is another order, and there is one of it.
    await page.getByRole('link', { name: 'Повторить заказ' }).click();
    await page.getByRole('button', { name: 'Заказать коды', exact: true }).click();
    await page.waitForURL((url) => /\/suz\/orders\/[0-9a-f-]{36}$/.test(url.pathname) && !url.pathname.endsWith(lost));
    await expect(pill(page)).toHaveText('коды получены', { timeout: 40_000 });
    expect(await emissionsOf(openId(page), sandbox)).toHaveLength(1);
    expect(await emissionsOf(lost, sandbox)).toEqual([]);
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  // The page asks for its scripts ahead of time, and a browser without scripts blocks that.
  test.beforeEach(({ console: guard }) => guard.allow(/^csp: GET \S+\/pkg\/\S+\.js$/));

  test('the form says what is wrong and makes an order', async ({ page }) => {
    await signUp(page, 'ru');
    const company = await createCompany();
    await page.goto('/suz/connect');
    await page.getByRole('radio', { name: SUZ.ru.other }).check();
    await page.getByRole('textbox', { name: SUZ.ru.name, exact: true }).fill(company.name);
    await page.getByRole('textbox', { name: SUZ.ru.inn, exact: true }).fill(company.inn);
    await page.getByRole('radio', { name: SUZ.ru.sandbox }).check();
    await page.getByRole('radio', { name: SUZ.ru.demoKey }).check();
    await page.getByRole('textbox', { name: SUZ.ru.oms, exact: true }).fill(company.omsId);
    await page.getByRole('textbox', { name: SUZ.ru.connection, exact: true }).fill(company.device);
    await page.getByRole('button', { name: SUZ.ru.connect, exact: true }).click();
    await page.waitForURL(/\/suz\/[0-9a-f-]{36}$/);

    const order = async (gtin: string) => {
      await page.goto('/suz/orders/new');
      await fillOrder(page, gtin, 5);
      await page.getByLabel('Всё равно отправить').check();
      await page.getByRole('button', { name: 'Заказать коды', exact: true }).click();
    };
    const gtin = anyGtin();
    const wrong = `${gtin.slice(0, -1)}${(Number(gtin.slice(-1)) + 1) % 10}`;
    await order(wrong);
    await expect(page.getByRole('link', { name: /Товар 1: Контрольная цифра/ })).toBeVisible();
    // What was typed is still there, and the field that is wrong says so.
    const goods = page.getByRole('group', { name: 'Товар 1', exact: true });
    const number = goods.getByLabel('GTIN', { exact: true });
    await expect(number).toHaveValue(wrong);
    await expect(number).toHaveAttribute('aria-invalid', 'true');
    await expect(goods.getByLabel('Сколько кодов')).toHaveValue('5');
    await expect(page.getByRole('radio', { name: /^Произведено в России/ })).toBeChecked();
    await number.fill(gtin);
    await page.getByLabel('Всё равно отправить').check();
    await page.getByRole('button', { name: 'Заказать коды', exact: true }).click();
    await page.waitForURL(/\/suz\/orders\/[0-9a-f-]{36}$/);
    await expect(page.getByRole('heading', { level: 1, name: /5 кодов/ })).toBeVisible();
  });
});
