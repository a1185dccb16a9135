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

async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${run.sandbox}/_sandbox${path}`, {
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

/** A cabinet with one shop, DBS unless told otherwise, and a key that may everything. */
export async function createCabinet(name: string, placementType = 'DBS'): Promise<Cabinet> {
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
export async function createOrder(campaign: number, items: Item[]): Promise<number> {
  interface Made {
    orderId: number;
  }
  const { orders } = await control<{ orders: Made[] }>('POST', '/orders', { campaignId: campaign, items });
  return first(orders).orderId;
}

/** Sample codes of an order, one for each unit, with real group separators. */
export async function codesOf(order: number): Promise<string[]> {
  interface Line {
    codes: string[];
  }
  const { lines } = await control<{ lines: Line[] }>('GET', `/orders/${order}/codes`);
  return lines.flatMap((line) => line.codes);
}

/** The bodies of the identifiers that the sandbox received for an order, as raw text. */
export async function bodiesFor(order: number): Promise<string[]> {
  const { received } = await control<{ received: Received[] }>('GET', '/received?method=PUT');
  return received.filter(({ path }) => path.endsWith(`/orders/${order}/identifiers`)).map(({ bodyText }) => bodyText);
}

/** Makes the next calls that carry codes of a shop fail. */
export async function addFault(campaign: number, fault: Record<string, unknown>): Promise<void> {
  await control('POST', '/faults', { method: 'PUT', campaignId: campaign, ...fault });
}
