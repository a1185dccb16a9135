// A person who signs up, connects a cabinet of the sandbox and waits until its orders are read.
import { expect, type Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { createCabinet, createOrder, type Cabinet, type Item, type Model } from './sandbox';
import type { Language } from './test';

export const WORDS = {
  ru: {
    organisation: 'Название магазина или организации',
    email: 'Почта',
    password: 'Пароль',
    create: 'Создать',
    key: 'Ключ Маркета',
    check: 'Проверить',
    connect: 'Подключить',
    keyDoes: 'Ключ подходит',
    scan: 'Сканируйте, вставьте столбец кодов или перетащите файл',
    put: 'Разложить',
    send: 'Отправить в Маркет',
    accepted: 'коды приняты',
    refused: 'Маркет отказал',
  },
  en: {
    organisation: 'Name of the shop or organisation',
    email: 'Email',
    password: 'Password',
    create: 'Create',
    key: 'Market key',
    check: 'Check',
    connect: 'Connect',
    keyDoes: 'The key will do',
    scan: 'Scan, paste a column of codes, or drop a file',
    put: 'Put into places',
    send: 'Send to Market',
    accepted: 'codes accepted',
    refused: 'Market refused',
  },
} as const;

/** Signs up as somebody new. */
export async function signUp(page: Page, lang: Language): Promise<void> {
  const words = WORDS[lang];
  await page.goto('/signup');
  await page.getByLabel(words.organisation).fill('Лавка');
  await page.getByLabel(words.email, { exact: true }).fill(`${randomUUID()}@example.com`);
  await page.getByLabel(words.password, { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: words.create, exact: true }).click();
  await page.waitForURL('**/connections');
}

/** Connects a cabinet with the key form, after checking the key, and waits until it is there. */
export async function connect(page: Page, cabinet: Cabinet, lang: Language): Promise<void> {
  const words = WORDS[lang];
  await page.getByLabel(words.key, { exact: true }).fill(cabinet.key);
  await page.getByRole('button', { name: words.check, exact: true }).click();
  await expect(page.getByText(words.keyDoes)).toBeVisible();
  await page.getByRole('button', { name: words.connect, exact: true }).click();
  await expect(page.getByText(`…${cabinet.key.slice(-4)}`)).toBeVisible();
}

/** Opens the page of an order from the list, once it has been read. */
export async function openOrder(page: Page, order: number): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: String(order) });
  await expect(async () => {
    await page.goto('/orders');
    await expect(row).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await row.getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(String(order)) })).toBeVisible();
}

/** Somebody new with a shop and one order, on that order's page. */
export async function sellerWithOrder(
  page: Page,
  lang: Language,
  items: Item[],
  model: Model = 'DBS',
): Promise<{ cabinet: Cabinet; order: number }> {
  const cabinet = await createCabinet('Лавка', model);
  const order = await createOrder(cabinet.campaign, items, model);
  await signUp(page, lang);
  await connect(page, cabinet, lang);
  await openOrder(page, order);
  return { cabinet, order };
}
