// A company of Честный ЗНАК in the sandbox, made for one test, and a person of Metka who connects it.
import { randomInt } from 'node:crypto';
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { run } from './run';
import { control } from './sandbox';
import { installSigner, makeKey, type Key, type Mood } from './signer';
import type { Language } from './test';

export interface Company {
  inn: string;
  name: string;
  omsId: string;
  /** Connection ids: of a living device, and of one that was deleted. */
  device: string;
  deleted: string;
}

export interface Device {
  name: string;
  omsConnection: string;
  /** How many tokens it was given. */
  given: number;
}

/** Ten digits whose check digit agrees (order of the tax service ЕД-7-14/559@), other ones each time. */
function anyInn(): string {
  const body = String(randomInt(100_000_000, 999_999_999));
  const weights = [2, 4, 10, 3, 5, 9, 4, 6, 8];
  const sum = weights.reduce((all, weight, place) => all + weight * Number(body[place]), 0);
  return `${body}${(sum % 11) % 10}`;
}

interface Participant {
  inn: string;
  omsId: string;
  devices: Device[];
}

/** A company with money, a living device and a deleted one. */
export async function createCompany(name = 'ООО «Лиговка»', sandbox = run.sandbox): Promise<Company> {
  const wanted = {
    inn: anyInn(),
    name,
    devices: [{ name: 'Метка' }, { name: 'Старая программа', deleted: true }],
  };
  const { inn, omsId, devices } = await control<Participant>('POST', '/crpt/participants', wanted, sandbox);
  const [living, deleted] = devices as [Device, Device];
  return { inn, name, omsId, device: living.omsConnection, deleted: deleted.omsConnection };
}

/** How many tokens of СУЗ a company's devices were given. */
export async function loginsOf({ inn }: Company, sandbox = run.sandbox): Promise<number> {
  const { participants } = await control<{ participants: Participant[] }>('GET', '/crpt/participants', undefined, sandbox);
  const company = participants.find((one) => one.inn === inn);
  return (company?.devices ?? []).reduce((all, device) => all + device.given, 0);
}

/** Gives a company's director a key that the sandbox knows, and the browser the stand-in that signs with it. */
export async function giveKey(
  context: BrowserContext,
  { inn, name }: Company,
  { mood = 'signs' as Mood, sandbox = run.sandbox } = {},
): Promise<Key> {
  const key = makeKey({ name, inn });
  await control('POST', `/crpt/participants/${inn}/certificates`, { certificate: key.certificate }, sandbox);
  await installSigner(context, [key], mood);
  return key;
}

export const WORDS = {
  ru: {
    oms: 'OMS ID',
    connection: 'Идентификатор соединения',
    edo: 'Идентификатор ЭДО',
    other: 'Другое юрлицо или ИП',
    name: 'Название',
    inn: 'ИНН',
    sandbox: /песочница Метки/,
    browser: /^Своей подписью в браузере/,
    demoKey: /^Демо-ключом/,
    connect: 'Подключить',
    marketKey: 'Это ключ Яндекс Маркета',
    allow: 'Понимаю, входить можно',
    check: 'Проверить',
    well: 'всё в порядке',
    waits: 'ждёт подписи',
  },
  en: {
    oms: 'OMS ID',
    connection: 'Connection id',
    edo: 'ЭДО id',
    other: 'Another legal entity',
    name: 'Name',
    inn: 'INN',
    sandbox: /Metka's sandbox/,
    browser: /^With one's own key in the browser/,
    demoKey: /^With the demo key/,
    connect: 'Connect',
    marketKey: 'This is a key of Yandex Market',
    allow: 'I understand, sign in',
    check: 'Check',
    well: 'all is well',
    waits: 'waits for a signature',
  },
} as const;

/** How a connection signs. */
export type Way = 'browser' | 'demoKey';

/** A field, by its label. */
export const field = (page: Page, label: string) => page.getByRole('textbox', { name: label, exact: true });

/** Opens the form of a new connection and waits until its scripts have taken it over: a key that stands in a wrong field is told. */
export async function openForm(page: Page, lang: Language = 'ru'): Promise<void> {
  const words = WORDS[lang];
  await page.goto('/suz/connect');
  await expect(async () => {
    await field(page, words.oms).fill('ACMA:1');
    await expect(page.getByText(words.marketKey)).toBeVisible({ timeout: 500 });
  }).toPass();
  await field(page, words.oms).fill('');
}

/** Fills in whose connection it is, where, and how it signs. */
export async function sayWho(page: Page, { name, inn }: Company, way: Way, lang: Language = 'ru'): Promise<void> {
  const words = WORDS[lang];
  await page.getByRole('radio', { name: words.other }).check();
  await field(page, words.name).fill(name);
  await field(page, words.inn).fill(inn);
  await page.getByRole('radio', { name: words.sandbox }).check();
  await page.getByRole('radio', { name: words[way] }).check();
}

/** Connects a company by the form; the page of the connection is open afterwards. */
export async function connectSuz(page: Page, company: Company, way: Way, lang: Language = 'ru'): Promise<void> {
  const words = WORDS[lang];
  await openForm(page, lang);
  await sayWho(page, company, way, lang);
  await field(page, words.oms).fill(company.omsId);
  await field(page, words.connection).fill(company.device);
  await page.getByRole('button', { name: words.connect, exact: true }).click();
  await page.waitForURL(/\/suz\/[0-9a-f-]{36}$/);
}

/** Allows the first login, which ends static tokens. */
export async function allowLogin(page: Page, lang: Language = 'ru'): Promise<void> {
  const allow = page.getByRole('button', { name: WORDS[lang].allow });
  await allow.click();
  await expect(allow).toBeHidden();
}

/** Begins the check of a level, counted from 1. */
export async function check(page: Page, level: 1 | 2, lang: Language = 'ru'): Promise<void> {
  const buttons = page.locator('.self-check').getByRole('button', { name: WORDS[lang].check, exact: true });
  await buttons.nth(level - 1).click();
}

/** A step of the self-check. */
export const step = (page: Page, name: string) => page.locator(`.self-check [data-step=${name}]`);

/** What the self-check came to. */
export const verdict = (page: Page) => page.locator('.self-check .pill').first();

/** Opens the queue, chooses the certificate, presses the one button and waits for the end; what the button says. */
export async function signAll(page: Page): Promise<string> {
  await page.goto('/suz/sign');
  await page.getByRole('button', { name: 'Выбрать сертификат' }).click();
  const press = page.getByRole('button', { name: /^Подписать/ });
  const says = await press.innerText();
  await press.click();
  // One after the other.
  await expect(page.getByText('подписываем', { exact: true })).toHaveCount(0);
  return says;
}
