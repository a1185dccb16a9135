// СУЗ from the first question to a checked connection: mistakes of pasting are found and explained, a person signs in the page,
// and work that stands still for want of a signature goes on with one.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startDemo, type DemoServer } from '../support/server';
import { installSigner, makeKey } from '../support/signer';
import { signIn } from '../support/sign-in';
import { expect, test } from '../support/test';

/** The demo's company in the sandbox: its README names these. */
const INN = '7736207543';
const OMS_ID = '5d6a1c2e-7b34-4f0a-9c1d-2e8f6b0a4d17';
const DEVICE = 'b81f3c60-2a9d-4e57-8f14-6c0d9e5a7b21';
const DELETED = '0e4d7a95-c3b2-4168-a7f9-51d8e20c6b3f';

test.describe.configure({ mode: 'serial' });

let server: DemoServer;

// A server of its own: the clock is moved, which no other test should feel.
test.use({
  baseURL: async ({}, use) => {
    server ??= await startDemo({ log: join(tmpdir(), 'metka-e2e-suz.log') });
    await use(server.url);
  },
});

test.afterAll(async () => server.remove());

async function control(method: string, path: string, body: unknown): Promise<void> {
  const response = await fetch(`${server.sandbox}/_sandbox${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.ok, `${method} ${path}: ${await response.text()}`).toBe(true);
}

const field = (page: Page, label: string) => page.getByRole('textbox', { name: label, exact: true });

/** The page once its scripts have taken it over: a field with a stranger in it says so. */
async function settled(page: Page): Promise<void> {
  await expect(async () => {
    await field(page, 'OMS ID').fill('ACMA:1');
    await expect(page.getByText('Это ключ Яндекс Маркета')).toBeVisible({ timeout: 500 });
  }).toPass();
  await field(page, 'OMS ID').fill('');
}

/** Signs what waits just now, and waits until the servers have answered. */
async function sign(page: Page): Promise<void> {
  await page.goto('/suz/sign');
  const choose = page.getByRole('button', { name: 'Выбрать сертификат' });
  await expect(choose.or(page.getByText('Подписывать нечего'))).toBeVisible();
  if (!(await choose.isVisible())) return;
  await choose.click();
  const all = page.getByRole('button', { name: /^Подписать/ });
  await all.click();
  await expect(all.and(page.locator('[aria-busy=true]'))).toHaveCount(0);
}

/** Signs until the connection's page shows something: one login may ask for another. */
async function signUntil(page: Page, connection: string, seen: string): Promise<void> {
  await expect(async () => {
    await sign(page);
    await page.goto(connection);
    await expect(page.locator(seen).first()).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 40_000 });
}

const check = (page: Page) => page.locator('.self-check').getByRole('button', { name: 'Проверить' }).nth(1).click();

test('five mistakes are found and explained, and the connection is made', async ({ page, context, axe }) => {
  const key = makeKey({ name: 'ООО Обувь на Лиговке', inn: INN });
  await control('POST', `/crpt/participants/${INN}/certificates`, { certificate: key.certificate });
  await installSigner(context, [key]);
  await signIn(page, { user: { email: server.email, password: server.password } });

  await page.goto('/suz');
  await page.getByLabel('Ввожу товар из-за границы').check();
  await page.getByRole('button', { name: 'Нужна ли мне СУЗ?' }).click();
  await expect(page.getByText('Да, вам нужна СУЗ')).toBeVisible();
  await axe(page);
  await page.getByRole('link', { name: 'Подключить СУЗ' }).click();
  await settled(page);
  await axe(page);

  await page.locator('label.pick.sandbox').click();
  await page.getByLabel('Своей подписью в браузере').check();

  // Copied with a hard space and quotes, in capitals.
  await field(page, 'OMS ID').fill(`\u00a0«${OMS_ID.toUpperCase()}»`);
  await expect(page.locator('.cleaned')).toContainText('неразрывные пробелы');
  await expect(page.locator('.cleaned')).toContainText('1140');
  await expect(page.locator('.cleaned code')).toHaveText(OMS_ID);
  // An address.
  await field(page, 'Идентификатор соединения').fill('https://suz2.crpt.ru');
  await expect(page.getByText('Это адрес страницы СУЗ')).toBeVisible();
  // An id of ЭДО, which one press moves where it belongs.
  await field(page, 'Идентификатор соединения').fill('2BM-7736207543-770401001');
  await page.getByRole('button', { name: 'Перенести в поле ЭДО' }).click();
  await expect(field(page, 'Идентификатор ЭДО')).toHaveValue('2BM-7736207543-770401001');
  // OMS ID again.
  await field(page, 'Идентификатор соединения').fill(OMS_ID);
  await expect(page.getByText('Здесь то же, что в поле OMS ID')).toBeVisible();
  // A deleted device: nothing but its login can tell.
  await field(page, 'Идентификатор соединения').fill(DELETED);
  await page.getByRole('button', { name: 'Подключить', exact: true }).click();
  await page.waitForURL(/\/suz\/[0-9a-f-]{36}$/);

  await expect(page.getByText('СУЗ отключит статические токены')).toBeVisible();
  await page.getByRole('button', { name: 'Понимаю, входить можно' }).click();
  const connection = page.url();
  await check(page);
  await expect(page.locator('[data-step=true_api_answers]')).toHaveClass(/ok/);
  await signUntil(page, connection, '.why[data-cause=old_device]');

  await page.getByText('Добавить устройство по идентификатору…').click();
  await field(page, 'Идентификатор соединения').fill(DEVICE);
  await field(page, 'Как назвать устройство').fill('Склад на Лиговке');
  await page.getByRole('button', { name: 'Добавить', exact: true }).click();
  const device = page.locator('[data-device]', { hasText: 'Склад на Лиговке' });
  await device.getByRole('button', { name: 'Сделать действующим' }).click();
  await expect(device.getByText('действует')).toBeVisible();
  await check(page);
  await signUntil(page, connection, '.self-check .pill.ok');
  await axe(page);
});

test('a token runs out, work waits, one signature releases it', async ({ page, context }) => {
  const key = makeKey({ name: 'ООО Обувь на Лиговке', inn: INN });
  await control('POST', `/crpt/participants/${INN}/certificates`, { certificate: key.certificate });
  await installSigner(context, [key]);
  await signIn(page, { user: { email: server.email, password: server.password } });
  await control('POST', '/clock', { advanceMs: 10.5 * 3_600_000 });
  await page.goto('/suz');
  await page.locator('.suz-card a').first().click();
  await page.waitForURL(/\/suz\/[0-9a-f-]{36}$/);
  const connection = page.url();
  await check(page);
  await expect(page.getByText(/ждёт подписи|ждут подписи/).first()).toBeVisible();
  await signUntil(page, connection, '.self-check .pill.ok');
  await page.goto('/suz');
  await expect(page.locator('.suz-card').getByText('работает')).toBeVisible();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the form says what is wrong', async ({ page }) => {
    await signIn(page, { user: { email: server.email, password: server.password } });
    await page.goto('/suz/connect');
    await page.locator('input[name="form[legal_entity]"]').first().check();
    await page.locator('input[name="form[contour]"][value=test]').check();
    await field(page, 'OMS ID').fill(OMS_ID);
    await field(page, 'Идентификатор соединения').fill('2BM-7736207543-770401001');
    await page.getByRole('button', { name: 'Подключить', exact: true }).click();
    await expect(page.getByText('Это идентификатор ЭДО')).toBeVisible();
    await field(page, 'Идентификатор соединения').fill(OMS_ID);
    await page.locator('input[name="form[legal_entity]"]').first().check();
    await page.locator('input[name="form[contour]"][value=test]').check();
    await page.getByRole('button', { name: 'Подключить', exact: true }).click();
    await expect(page).toHaveURL(/suz/);
  });
});
