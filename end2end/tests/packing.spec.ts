// The packing desk by keyboard alone, with the network cut, and with the session ended meanwhile.
import type { Page } from '@playwright/test';
import { bodiesFor, codesOf, createCabinet, createOrder, type Cabinet, type Item } from '../support/sandbox';
import { hold, scan } from '../support/scanner';
import { connect, openOrder, signUp } from '../support/seller';
import { expect, test } from '../support/test';

const said = (page: Page) => page.locator('.pk-word');
const queue = (page: Page) => page.locator('#pk-queue');
const slippers: Item = { offerName: 'Тапочки', count: 2, requiredInstanceTypes: ['CIS'] };
const shoes: Item = { offerName: 'Туфли', count: 1, requiredInstanceTypes: ['CIS'] };

/** Somebody new at the packing desk, with the orders of a shop. */
async function packer(page: Page, ...orders: Item[][]): Promise<{ cabinet: Cabinet; orders: number[] }> {
  const cabinet = await createCabinet('Лавка');
  const numbers: number[] = [];
  for (const items of orders) numbers.push(await createOrder(cabinet.campaign, items));
  await signUp(page, 'ru');
  await connect(page, cabinet, 'ru');
  for (const number of numbers) await openOrder(page, number);
  await page.goto('/packing');
  await expect(said(page)).toHaveText('Сканируйте');
  return { cabinet, orders: numbers };
}

const digits = async (page: Page, text: string) => {
  await page.keyboard.type(text, { delay: 150 });
  await page.keyboard.press('Enter');
};

/** Waits until the service worker has everything that a reload without a network needs. */
async function kept(page: Page): Promise<void> {
  await expect(async () => {
    const found = await page.evaluate(async () => {
      const cache = await caches.open('metka-packing-files');
      return (await cache.match('/packing')) !== undefined;
    });
    expect(found).toBe(true);
  }).toPass();
}

test('an order is packed by scanner alone: wrong item, repeat, undo, and it goes out by itself', async ({ page, axe }) => {
  const { orders } = await packer(page, [slippers], [shoes]);
  const [order, other] = orders as [number, number];
  const [first, second] = (await codesOf(order)) as [string, string];
  const [wrong] = (await codesOf(other)) as [string];
  // The catalogue is read in the background; without it the first scan of a product asks a question.
  await expect.poll(async () => (await page.request.post('/api/packing/list', { form: {} })).text()).toContain('"gtins":["');
  await page.reload();
  await expect(said(page)).toHaveText('Сканируйте');
  await axe(page);

  await digits(page, String(order));
  await expect(page.locator('.pk-number')).toHaveText(String(order));
  await expect(page.locator('.pk-progress')).toHaveText('0 из 2');
  await scan(page, first, { layout: 'ru' });
  await expect(said(page)).toContainText('Верно');
  await expect(page.locator('.pk-progress')).toHaveText('1 из 2');
  await scan(page, first);
  await expect(said(page)).toContainText('Уже было');
  await axe(page);
  await scan(page, wrong, { separator: 'f8' });
  await expect(said(page)).toContainText('Другой товар');
  await expect(page.locator('.pk-sentence')).toContainText('Туфли');
  await axe(page);
  await page.keyboard.press('Escape');
  await expect(said(page)).toContainText('Отменено');
  await expect(page.locator('.pk-progress')).toHaveText('0 из 2');
  await scan(page, first, { suffix: 'Tab' });
  await expect(page.locator('.pk-progress')).toHaveText('1 из 2');
  await scan(page, 'METKA:UNDO');
  await expect(said(page)).toContainText('Отменено');
  await scan(page, first, { suffix: 'nothing' });
  await expect(said(page)).toContainText('Верно');
  await scan(page, second);
  await expect(said(page)).toContainText('Готово');
  await expect.poll(() => bodiesFor(order)).toHaveLength(1);
  await expect(page.getByText('у Маркета: принят').first()).toBeAttached();

  await scan(page, wrong);
  await expect(page.locator('.pk-number')).toHaveText(String(other));
  await expect.poll(() => bodiesFor(other)).toHaveLength(1);
  await expect(queue(page)).toHaveText('в очереди 0');
});

test('a product of an unknown code is confirmed by a key that is held, and by nothing else', async ({ page }) => {
  const { orders } = await packer(page, [{ ...slippers, count: 1 }, { ...shoes, count: 1 }]);
  const unknown = '01030410947874432155Qbag!\x1d93Zjqw';
  await expect.poll(async () => (await page.request.post('/api/packing/list', { form: {} })).text()).toContain('"gtins":["');
  await page.reload();
  await expect(said(page)).toHaveText('Сканируйте');
  await digits(page, String(orders[0]));
  await scan(page, unknown);
  await expect(said(page)).toContainText('Новый товар?');
  await page.keyboard.press('Enter');
  await page.keyboard.press('1');
  await page.keyboard.press('Space');
  await expect(said(page)).toContainText('Новый товар?');
  await expect(page.locator('.pk-progress')).toHaveText('0 из 2');
  await hold(page, '1', () => expect(said(page)).toContainText('Верно'));
  await expect(page.locator('.pk-progress')).toHaveText('1 из 2');
});

test('ten scans without a network, a reload among them, are on the server exactly once', async ({ page, context, console: guard }) => {
  guard.allow(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK|Failed to fetch|Failed to load resource|EventSource|NetworkError/);
  const { orders } = await packer(page, [{ ...slippers, count: 12 }]);
  const order = orders[0] as number;
  const codes = await codesOf(order);
  await expect.poll(async () => (await page.request.post('/api/packing/list', { form: {} })).text()).toContain('"gtins":["');
  await page.reload();
  await expect(said(page)).toHaveText('Сканируйте');
  await kept(page);
  await scan(page, codes[0] as string);
  await expect(page.locator('.pk-progress')).toHaveText('1 из 12');
  await expect(queue(page)).toHaveText('в очереди 0');

  await context.setOffline(true);
  for (const [index, one] of codes.slice(1, 6).entries()) {
    await scan(page, one);
    await expect(page.locator('.pk-progress')).toHaveText(`${2 + index} из 12`);
  }
  await expect(queue(page)).toHaveText('в очереди 5');
  await page.reload();
  await expect(page.locator('.pk-progress')).toHaveText('6 из 12');
  await expect(queue(page)).toHaveText('в очереди 5');
  for (const [index, one] of codes.slice(6, 11).entries()) {
    await scan(page, one);
    await expect(page.locator('.pk-progress')).toHaveText(`${7 + index} из 12`);
  }
  await expect(queue(page)).toHaveText('в очереди 10');
  await expect(page.getByText('Сети нет, работа идёт')).toBeVisible();

  await context.setOffline(false);
  await expect(queue(page)).toHaveText('в очереди 0');
  await scan(page, codes[11] as string);
  await expect(said(page)).toContainText('Готово');
  await expect.poll(() => bodiesFor(order)).toHaveLength(1);
  const [body] = await bodiesFor(order);
  for (const one of codes) {
    const serial = JSON.stringify(one.split('\x1d')[0]).slice(1, -1);
    expect(body?.split(serial).length, `${serial} is there exactly once`).toBe(2);
  }
});

test('a session that ended meanwhile asks to sign in and keeps the scans', async ({ page, context, console: guard }) => {
  guard.allow(/401|Failed to load resource|EventSource/);
  const { orders } = await packer(page, [{ ...slippers, count: 3 }]);
  const codes = await codesOf(orders[0] as number);
  await digits(page, String(orders[0]));
  const cookies = await context.cookies();
  await context.clearCookies();
  for (const one of codes.slice(0, 2)) await scan(page, one);
  await expect(page.getByRole('alert')).toContainText('Вход закончился');
  await expect(queue(page)).not.toHaveText('в очереди 0');
  const waiting = await queue(page).textContent();

  await context.addCookies(cookies);
  await page.goto('/packing');
  await expect(queue(page)).toHaveText('в очереди 0');
  expect(waiting).not.toBe('в очереди 0');
});

test('two packers with one code meet in the list of conflicts', async ({ page, context, console: guard }) => {
  guard.allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch|Failed to load resource|EventSource/);
  const same: Item = { ...slippers, offerId: 'ТАП-39', gtin: '04670033010053' };
  const { orders } = await packer(page, [same], [same]);
  const [one, two] = orders as [number, number];
  const codes = await codesOf(one);
  await expect.poll(async () => (await page.request.post('/api/packing/list', { form: {} })).text()).toContain('"gtins":["');
  await page.reload();
  await expect(said(page)).toHaveText('Сканируйте');
  const other = await context.newPage();
  await other.goto('/packing');
  await expect(said(other)).toHaveText('Сканируйте');
  await digits(page, String(one));
  await digits(other, String(two));
  // Neither hears of the other: their calls wait until both have scanned.
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await context.route('**/api/packing/record', async (route) => {
    await released;
    await route.continue();
  });
  await scan(page, codes[0] as string);
  await scan(other, codes[0] as string);
  await expect(said(page)).toContainText('Верно');
  await expect(said(other)).toContainText('Верно');
  release();
  const clashes = page.getByRole('region', { name: /Конфликты/ });
  await expect(clashes).toContainText('уже лежит в заказе');
  await clashes.getByRole('button', { name: 'Разобрались' }).click();
  await expect(clashes).toBeHidden();
});

test('a label is printed when the boxes are stored, and what it says opens its order', async ({ page }) => {
  const cabinet = await createCabinet('Лавка', 'FBS');
  const order = await createOrder(cabinet.campaign, [{ ...slippers, count: 1 }]);
  const next = await createOrder(cabinet.campaign, [shoes]);
  await signUp(page, 'ru');
  await connect(page, cabinet, 'ru');
  await openOrder(page, next);
  await page.goto('/packing');
  await expect.poll(async () => (await page.request.post('/api/packing/list', { form: {} })).text()).toContain('"gtins":["');
  await page.reload();
  await expect(said(page)).toHaveText('Сканируйте');
  const [code] = (await codesOf(order)) as [string];
  await scan(page, code);
  await expect(said(page)).toContainText('Готово');
  const print = page.getByRole('button', { name: /Печать этикетки/ });
  await expect(print).toBeVisible();
  // The browser of the tests has no printer, and no window for one.
  await page.evaluate(() => {
    const stubbed = new MutationObserver(() => {
      const frame = document.querySelector<HTMLIFrameElement>('iframe.pk-print');
      const stub = () => {
        if (frame?.contentWindow) frame.contentWindow.print = () => document.body.setAttribute('data-printed', frame.src);
      };
      frame?.addEventListener('load', stub, { capture: true });
    });
    stubbed.observe(document.body, { childList: true });
  });
  const file = page.waitForResponse((response) => response.url().endsWith('/labels.pdf'));
  await page.keyboard.press('F9');
  expect((await file).headers()['content-type']).toBe('application/pdf');
  await expect(page.locator('body')).toHaveAttribute('data-printed', /^blob:/);
  await expect(said(page)).toContainText('Печать');

  await page.keyboard.press('F4');
  await expect(page.locator('.pk-number')).toBeHidden();
  await digits(page, `${order}-1`);
  await expect(page.locator('.pk-number')).toHaveText(String(order));
  await digits(page, String(next));
  await expect(page.locator('.pk-number')).toHaveText(String(next));
});

test('a scan that the server fails at steps aside, and what comes after it goes on', async ({ page, context, console: guard }) => {
  guard.allow(/status 500|Failed to load resource/);
  const { orders } = await packer(page, [{ ...slippers, count: 3 }]);
  const codes = (await codesOf(orders[0] as number)) as [string, string, string];
  await expect.poll(async () => (await page.request.post('/api/packing/list', { form: {} })).text()).toContain('"gtins":["');
  await page.reload();
  await expect(said(page)).toHaveText('Сканируйте');
  const bad = encodeURIComponent(codes[0].slice(0, 30));
  const told = { Told: { sentence: 'На сервере что-то сломалось.', words: null, way_out: null, again: true } };
  await context.route('**/api/packing/record', async (route) => {
    const body = (route.request().postData() ?? '').replaceAll('+', '%20');
    const fails = decodeURIComponent(body).includes(decodeURIComponent(bad));
    await (fails ? route.fulfill({ status: 500, contentType: 'application/json', body: JSON.stringify(told) }) : route.continue());
  });
  await scan(page, codes[0]);
  await expect(page.getByText('Сервер не принимает')).toBeVisible();
  await scan(page, codes[1]);
  const aside = page.getByRole('region', { name: /Сервер не справился/ });
  await expect(aside).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('.pk-progress')).toHaveText('1 из 3');
  await expect(queue(page)).toHaveText('в очереди 0');
  await context.unroute('**/api/packing/record');
  await aside.getByRole('button', { name: 'Попробовать ещё раз' }).click();
  await expect(aside).toBeHidden();
  await expect(page.locator('.pk-progress')).toHaveText('2 из 3');
  await expect(queue(page)).toHaveText('в очереди 0');
});

test('a button that was clicked is not pressed again by a stray Enter', async ({ page }) => {
  const { orders } = await packer(page, [{ ...slippers, count: 3 }]);
  const codes = (await codesOf(orders[0] as number)) as [string, string, string];
  await expect.poll(async () => (await page.request.post('/api/packing/list', { form: {} })).text()).toContain('"gtins":["');
  await page.reload();
  await expect(said(page)).toHaveText('Сканируйте');
  for (const [index, code] of codes.slice(0, 2).entries()) {
    await scan(page, code);
    await expect(page.locator('.pk-progress')).toHaveText(`${index + 1} из 3`);
  }
  await page.getByRole('button', { name: /Отменить/ }).click();
  await expect(page.locator('.pk-progress')).toHaveText('1 из 3');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(said(page)).toContainText('Отменено');
  await expect(page.locator('.pk-progress')).toHaveText('1 из 3');
});
