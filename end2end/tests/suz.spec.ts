// СУЗ from the first question to a checked connection: what people paste by mistake is found and explained, a person signs in the
// page, and work that stands still for want of a signature goes on with one.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  allowLogin,
  check,
  connectSuz,
  createCompany,
  field,
  giveKey,
  loginsOf,
  openForm,
  sayWho,
  signAll,
  step,
  verdict,
  WORDS,
} from '../support/crpt';
import { control } from '../support/sandbox';
import { signUp } from '../support/seller';
import { startDemo, type DemoServer } from '../support/server';
import { expect, test } from '../support/test';

const words = WORDS.ru;
const HOUR = 3_600_000;

test('what is pasted by mistake is found, explained and repaired, until the self-check is green', async ({
  page,
  context,
  axe,
}) => {
  const company = await createCompany();
  const neighbour = await createCompany('ООО «Соседний склад»');
  await giveKey(context, company);
  await signUp(page, 'ru');

  await page.goto('/suz');
  await page.getByLabel('Ввожу товар из-за границы').check();
  await page.getByRole('button', { name: 'Нужна ли мне СУЗ?' }).click();
  await expect(page.getByText('Да, вам нужна СУЗ')).toBeVisible();
  await axe(page);

  await openForm(page);
  await sayWho(page, company, 'browser');
  const [oms, connection] = [field(page, words.oms), field(page, words.connection)];
  const connect = page.getByRole('button', { name: 'Подключить', exact: true });

  // 1. In capitals, in quotes, with a hard space and a character nobody sees. It is the neighbour's, too: see 6.
  await oms.fill(`\u00a0«${neighbour.omsId.toUpperCase().replace('-', '-\u200b')}»`);
  await expect(oms).toHaveAccessibleDescription(/неразрывные пробелы, кавычки, невидимые символы, заглавные буквы заменили строчными.*1140/);
  await expect(oms).toHaveAccessibleDescription(new RegExp(`Запишем: ${neighbour.omsId}$`));

  // 2. The address of a page instead of an id.
  await connection.fill('https://suz2.crpt.ru/devices');
  await expect(connection).toHaveAccessibleDescription(/Это адрес страницы СУЗ.*раздел.*«Устройства»/);
  await expect(connection).toHaveAttribute('aria-invalid', 'true');
  await axe(page);

  // 3. An id of ЭДО, which one press moves where it belongs.
  await connection.fill('2BM-7736207543-770401001-201407291040');
  await expect(connection).toHaveAccessibleDescription(/Это идентификатор ЭДО/);
  await page.getByRole('button', { name: 'Перенести в поле ЭДО' }).click();
  await expect(field(page, words.edo)).toHaveValue('2BM-7736207543-770401001-201407291040');
  await expect(connection).toHaveValue('');

  // 4. OMS ID once more.
  await connection.fill(neighbour.omsId);
  await expect(connection).toHaveAccessibleDescription(/Здесь то же, что в поле OMS ID/);
  await connect.click();
  await expect(page.getByText('Подключить не получилось: посмотрите на поля.')).toBeVisible();
  await axe(page);

  // 5. The device of the former program, deleted since. Nothing but a login can tell.
  await connection.fill(company.deleted);
  await connect.click();
  await page.waitForURL(/\/suz\/[0-9a-f-]{36}$/);
  const address = page.url();
  await check(page, 1);
  await expect(step(page, 'oms_id')).toHaveClass(/ok/);
  await expect(step(page, 'connection_id')).toHaveClass(/ok/);
  await expect(page.getByText('СУЗ отключит статические токены всей компании')).toBeVisible();
  await axe(page);
  await allowLogin(page);
  await check(page, 2);
  await expect(verdict(page)).toHaveText('ждёт подписи');
  await expect(step(page, 'true_api_answers')).toHaveClass(/ok/);
  await signAll(page);
  await page.goto(address);

  // 6. The OMS ID of another company: the profile tells it.
  await expect(step(page, 'profile').locator('[data-cause=foreign_oms_id]')).toContainText('Это OMS ID другой компании');
  await expect(verdict(page)).toHaveText('есть что исправить');
  await axe(page);
  await page.getByText('Изменить OMS ID или ЭДО…').click();
  await oms.fill(company.omsId);
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await check(page, 2);
  await expect(verdict(page)).toHaveText('ждёт подписи');
  await signAll(page);
  await expect(page.locator('.why[data-cause=old_device]').first()).toBeVisible();
  await page.goto(address);
  await expect(step(page, 'profile')).toHaveClass(/ok/);
  await expect(step(page, 'client_login').locator('[data-cause=old_device]')).toContainText('Устройство удалено или старое');

  await page.getByText('Добавить устройство по идентификатору…').click();
  await connection.fill(company.device);
  await field(page, 'Как назвать устройство').fill('Склад на Лиговке');
  await page.getByRole('button', { name: 'Добавить', exact: true }).click();
  const device = page.locator('[data-device]', { hasText: 'Склад на Лиговке' });
  await device.getByRole('button', { name: 'Сделать действующим' }).click();
  await expect(device.getByText('действует', { exact: true })).toBeVisible();
  await check(page, 2);
  await expect(verdict(page)).toHaveText('ждёт подписи');
  await signAll(page);
  await expect(page.getByText('Подписывать нечего')).toBeVisible();

  await page.goto(address);
  await expect(verdict(page)).toHaveText('всё в порядке');
  for (const passed of ['signer', 'true_api_login', 'profile', 'client_login', 'ping', 'groups', 'balance']) {
    await expect(step(page, passed)).toHaveClass(/ok/);
  }
  await expect(page.getByText('Всё работает', { exact: true })).toBeVisible();
  await axe(page);
});

test('a person who declines and a browser without the extension are told what to do', async ({
  page,
  context,
  browser,
  baseURL,
  locale,
  axe,
}) => {
  const company = await createCompany();
  await giveKey(context, company, { mood: 'refuses' });
  await signUp(page, 'ru');
  await connectSuz(page, company, 'browser');
  await allowLogin(page);
  await check(page, 2);
  await expect(verdict(page)).toHaveText('ждёт подписи');
  await signAll(page);
  await expect(page.getByText('Вы отказались подписывать').first()).toBeVisible();
  await expect(page.getByText('Документ по-прежнему ждёт.').first()).toBeVisible();
  await expect(page.getByText('0x8010006E').first()).toBeVisible();
  await axe(page);
  expect(await loginsOf(company)).toBe(0);

  // The same person at another computer.
  const other = await browser.newContext({ storageState: await context.storageState(), baseURL, locale });
  try {
    const bare = await other.newPage();
    const told: string[] = [];
    bare.on('console', (message) => told.push(message.text()));
    await bare.goto('/suz/sign');
    await bare.getByRole('button', { name: 'Выбрать сертификат' }).click();
    await expect(bare.getByText('В браузере нет расширения КриптоПро')).toBeVisible();
    await expect(bare.getByText('CryptoPro Extension for CAdES Browser Plug-in')).toBeVisible();
    await axe(bare);
    expect(told.filter((text) => text.includes('Content Security Policy')), 'the policy lets the extension in').toEqual([]);
  } finally {
    await other.close();
  }

  // They think better of it.
  await page.evaluate(() => ((window as unknown as { standIn: { mood: string } }).standIn.mood = 'signs'));
  await page.getByRole('button', { name: /^Подписать/ }).click();
  await expect(page.getByText('Подписывать нечего')).toBeVisible();
  expect(await loginsOf(company)).toBe(1);
});

test.describe('with a clock of its own', () => {
  const apart = test.extend<{ server: DemoServer }>({
    // The clock is moved, which no other test should feel.
    server: async ({}, use) => {
      const server = await startDemo({ log: join(tmpdir(), 'metka-e2e-suz.log') });
      await use(server);
      await server.remove();
    },
    baseURL: async ({ server }, use) => use(server.url),
  });

  apart('a token runs out, work waits, one signature releases it', async ({ page, context, server, axe }) => {
    const { sandbox } = server;
    const pass = (hours: number) => control('POST', '/clock', { advanceMs: hours * HOUR }, sandbox);
    const company = await createCompany(undefined, sandbox);
    await giveKey(context, company, { sandbox });
    await signUp(page, 'ru');
    await connectSuz(page, company, 'browser');
    const address = page.url();
    await allowLogin(page);
    await check(page, 2);
    await expect(verdict(page)).toHaveText('ждёт подписи');
    await signAll(page);
    await expect(page.getByText('Подписывать нечего')).toBeVisible();
    const card = page.locator('.suz-card');
    await page.goto('/suz');
    await expect(card.getByText('работает', { exact: true })).toBeVisible();
    expect(await loginsOf(company, sandbox)).toBe(1);

    // Half an hour before the end the token still lives, and every page of СУЗ says what comes.
    await pass(9.5);
    await page.goto('/suz');
    await expect(page.getByText('Скоро понадобится ваша подпись', { exact: true })).toBeVisible();
    await expect(card.getByText('скоро понадобится подпись', { exact: true })).toBeVisible();
    await axe(page);
    await page.goto(address);
    await expect(page.getByText('Подпишите заранее, и работа не остановится.').first()).toBeVisible();

    // The end. What is begun now stands still, and nobody logs in without the person.
    await pass(1);
    await page.goto(address);
    await check(page, 2);
    await expect(verdict(page)).toHaveText('ждёт подписи');
    await expect(page.getByText(/документ(а|ов)? жд[её]т подписи|документа ждут подписи/).first()).toBeVisible();
    await axe(page);
    await page.goto('/suz');
    await expect(card.getByText('ждёт подписи', { exact: true })).toBeVisible();
    await expect(card.getByText('подпишите, работа ждёт')).toBeVisible();
    await axe(page);
    expect(await loginsOf(company, sandbox)).toBe(1);

    // The page of the connection stays open beside the queue: it goes on by itself.
    const beside = await context.newPage();
    await beside.goto(address);
    await expect(verdict(beside)).toHaveText('ждёт подписи');
    expect(await signAll(page)).toMatch(/^Подписать/);
    await expect(page.getByText('Подписывать нечего')).toBeVisible();
    await expect(verdict(beside)).toHaveText('всё в порядке');
    await expect(step(beside, 'balance')).toHaveClass(/ok/);
    await page.goto('/suz');
    await expect(card.getByText('работает', { exact: true })).toBeVisible();
    expect(await loginsOf(company, sandbox)).toBe(2);
  });
});
