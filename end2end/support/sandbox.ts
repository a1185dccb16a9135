// A seller's cabinet in the sandbox, made for one test through its control API.
import { expect } from '@playwright/test';
import { run } from './run';

/** A line of an order: what the sandbox needs to know of it. */
export interface Item {
  offerName: string;
  count: number;
  requiredInstanceTypes: string[];
  /** The seller's article and the product number; the sandbox makes them up for every line that names none. */
  offerId?: string;
  gtin?: string;
}

export interface Cabinet {
  key: string;
  campaign: number;
}

export interface Received {
  method: string;
  path: string;
  bodyText: string;
}

/** Calls the control API, of the run's sandbox unless told otherwise. */
export async function control<T>(method: string, path: string, body?: unknown, sandbox = run.sandbox): Promise<T> {
  const response = await fetch(`${sandbox}/_sandbox${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  expect(response.ok, `${method} ${path}: ${text}`).toBe(true);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** The first of a list that must not be empty. */
function first<T>(list: T[]): T {
  const [head] = list;
  if (head === undefined) throw new Error('the sandbox answered with an empty list');
  return head;
}

/** How an order leaves the shop. */
export type Model = 'DBS' | 'FBS' | 'EXPRESS';

/** A cabinet with one shop and a key that may everything. */
export async function createCabinet(name: string, model: Model = 'DBS'): Promise<Cabinet> {
  // Express is a way of an FBS shop's orders, not of a shop.
  const placementType = model === 'EXPRESS' ? 'FBS' : model;
  interface Made {
    keys: { key: string }[];
    campaigns: { id: number }[];
  }
  const made = await control<Made>('POST', '/cabinets', {
    name,
    campaigns: [{ domain: name, placementType }],
  });
  return { key: first(made.keys).key, campaign: first(made.campaigns).id };
}

/** An order that waits for codes; its number. */
export async function createOrder(campaign: number, items: Item[], model?: Model): Promise<number> {
  return first(await createOrders(campaign, [items], model));
}

/** Orders that wait for codes, of the shop's model unless told otherwise; their numbers. */
export async function createOrders(campaign: number, items: Item[][], model?: Model): Promise<number[]> {
  interface Made {
    orderId: number;
  }
  const wanted = items.map((items) => ({ campaignId: campaign, programType: model, items }));
  const { orders } = await control<{ orders: Made[] }>('POST', '/orders', wanted);
  return orders.map(({ orderId }) => orderId);
}

/** Sample codes of an order, one for each unit, with real group separators. */
export async function codesOf(order: number): Promise<string[]> {
  interface Line {
    codes: string[];
  }
  const { lines } = await control<{ lines: Line[] }>('GET', `/orders/${order}/codes`);
  return lines.flatMap((line) => line.codes);
}

/** How an order stands at the Market: its status and its substatus. */
export async function statusOf(order: number): Promise<string[]> {
  const { status, substatus } = await control<{ status: string; substatus: string }>('GET', `/orders/${order}`);
  return [status, substatus];
}

/** Lets the verification reject one code for a reason of the Market's. */
export async function rejectCode(code: string, substatus: string): Promise<void> {
  // A code is named by what stands before its first separator.
  const [mark] = code.split('\x1d');
  await control('POST', '/verification', { outcome: 'INVALID', substatus, mark });
}

/** What was written into one order, counted by the sandbox. */
export interface Written {
  orderId: number;
  accepted: number;
  refused: number;
  repeated: number;
  overtaken: number;
  codes: string[];
}

/** What was written into the orders of a shop since the sandbox began. */
export async function recordOf(campaign: number): Promise<Written[]> {
  return (await control<{ orders: Written[] }>('GET', `/record?campaignId=${campaign}`)).orders;
}

/** The bodies of the identifiers that the sandbox received for an order, as raw text. */
export async function bodiesFor(order: number): Promise<string[]> {
  const { received } = await control<{ received: Received[] }>('GET', '/received?method=PUT');
  return received.filter(({ path }) => path.endsWith(`/orders/${order}/identifiers`)).map(({ bodyText }) => bodyText);
}

/** The layouts of boxes that the sandbox received for an order, as raw text. */
export async function layoutsFor(order: number): Promise<string[]> {
  const { received } = await control<{ received: Received[] }>('GET', '/received?method=PUT');
  return received.filter(({ path }) => path.endsWith(`/orders/${order}/boxes`)).map(({ bodyText }) => bodyText);
}

/** Waits until a call of a shop is held by a fault, its work done and its answer kept back. */
export async function heldCall(campaign: number): Promise<void> {
  const held = async () => {
    const { received } = await control<{ received: { progress: unknown }[] }>(
      'GET',
      `/received?method=PUT&path=/v2/campaigns/${campaign}/`,
    );
    return received.some(({ progress }) => JSON.stringify(progress).toLowerCase().includes('heldafter'));
  };
  await expect.poll(held, 'a call is held').toBe(true);
}

/** Lets go every call that a fault holds. */
export async function releaseHeld(): Promise<void> {
  await control('POST', '/faults/release');
}

/** Makes the next calls that carry codes of a shop fail. */
export async function addFault(campaign: number, fault: Record<string, unknown>): Promise<void> {
  await control('POST', '/faults', { method: 'PUT', campaignId: campaign, ...fault });
}
