// Orders of codes: filling in the form, and what the sandbox knows of them.
import { expect, type Page } from '@playwright/test';
import { run } from './run';
import { control } from './sandbox';

/** An order of codes as the sandbox has it. */
export interface Emission {
  orderId: string;
  orderStatus: string;
  productionOrderId: string | null;
}

/** Orders with our own number, which is the order's id here. */
export async function emissionsOf(id: string, sandbox = run.sandbox): Promise<Emission[]> {
  const path = `/crpt/orders?productionOrderId=${id}`;
  return (await control<{ orders: Emission[] }>('GET', path, undefined, sandbox)).orders;
}

/** What the sandbox lets become of an order; what is absent stays. */
export interface Turn {
  /** How long its pools take to fill once it is ready, milliseconds of the world's time. */
  fillMs?: number;
}

/** Lets something become of an order. */
export async function turnOrder(order: string, turn: Turn, sandbox = run.sandbox): Promise<void> {
  await control('PATCH', `/crpt/orders/${order}`, turn, sandbox);
}

/** The next order that is sent never arrives, and nobody answers. */
export async function loseNextOrder(sandbox = run.sandbox): Promise<void> {
  const fault = { method: 'POST', path: '/suz-host/api/v3/order', exact: true, stage: 'before', kind: 'hangUp' };
  await control('POST', '/faults', fault, sandbox);
}

/** The codes that were handed out of an order, in their order. */
export async function handedOut(order: string, sandbox = run.sandbox): Promise<string[]> {
  const response = await fetch(`${sandbox}/_sandbox/crpt/orders/${order}/codes`);
  expect(response.ok).toBe(true);
  return (await response.text()).split('\n').filter((line) => line !== '');
}

/** Any GTIN of clothes with a right check digit, another one each time. */
export function anyGtin(): string {
  const body = `0460${String(Math.floor(Math.random() * 1_000_000_000)).padStart(9, '0')}`;
  const sum = [...body].reduce((all, digit, place) => all + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** Chooses clothes and fills in the form, which is open at the choice of a group. */
export async function fillOrder(page: Page, gtin: string, quantity: number): Promise<void> {
  await page.getByLabel('Товарная группа').selectOption('lp');
  await page.getByRole('button', { name: /^(Показать форму|Сменить)$/ }).click();
  const goods = page.getByRole('group', { name: 'Товар 1', exact: true });
  await goods.getByLabel('GTIN', { exact: true }).fill(gtin);
  await goods.getByLabel('Сколько кодов').fill(String(quantity));
  await page.getByRole('radio', { name: /^Произведено в России/ }).check();
}

/** The id of the order whose page is open. */
export const openId = (page: Page): string => new URL(page.url()).pathname.split('/').pop() ?? '';
