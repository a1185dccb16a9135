// Two hundred orders in one file, and the server killed while they are being sent.
import { join } from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { run } from '../support/run';
import { addFault, bodiesFor, codesOf, createCabinet, createOrders, heldCall, recordOf, releaseHeld, type Item } from '../support/sandbox';
import { connect, signUp } from '../support/seller';
import { startServer, type Server } from '../support/server';
import { expect, test as base } from '../support/test';

const ORDERS = 200;
/** Orders that the Market answers before it holds its answers back. */
const ANSWERED = 80;
/** Calls that are made side by side. */
const PARALLEL = 3;
/** What is done for all of them takes its time on a busy machine. */
const PATIENCE = { timeout: 60_000 };

/** A server that may be killed: it works with the sandbox of the run, and comes back at the same address. */
interface Mortal {
  url: string;
  /** Ends it without warning: no handler runs, no buffer is written. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

const test = base.extend<{ server: Mortal }>({
  server: async ({}, use, { outputDir }) => {
    const data = await mkdtemp(join(tmpdir(), 'metka-e2e-'));
    const log = join(outputDir, 'server.log');
    let server: Server = await startServer(run.sandbox, { log, data });
    const { url } = server;
    await use({
      url,
      kill: () => server.stop('SIGKILL'),
      async start() {
        server = await startServer(run.sandbox, { log, data, port: Number(new URL(url).port) });
      },
    });
    await server.stop();
    await rm(data, { recursive: true, force: true });
  },
  baseURL: async ({ server }, use) => use(server.url),
});

/** A field of a CSV file: a code may hold the separator and quotes. */
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

test('two hundred orders of one file, each sent once though the server is killed in the middle', async ({
  page,
  axe,
  server,
  console: guard,
}) => {
  // A killed server's work is taken over when its lease of 20 seconds has ended.
  test.slow();
  guard.allow(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|Failed to fetch/);
  const cabinet = await createCabinet('Лавка');
  const milk: Item = { offerName: 'Молоко', count: 1, requiredInstanceTypes: ['CIS'] };
  const orders = await createOrders(cabinet.campaign, Array.from({ length: ORDERS + 1 }, () => [milk]));
  const good = orders.slice(0, ORDERS);
  const [bad] = orders.slice(ORDERS) as [number];
  const codes = new Map<number, string>();
  await Promise.all(good.map(async (order) => codes.set(order, (await codesOf(order))[0] as string)));

  await signUp(page, 'ru');
  await connect(page, cabinet, 'ru');
  await page.goto('/orders');
  await expect(page.getByRole('link', { name: `Нужны коды ${ORDERS + 1}` })).toBeVisible(PATIENCE);

  await page.goto('/bulk');
  await axe(page);
  const [[first, taken]] = [...codes] as [[number, string]];
  const rows = [
    ['Номер заказа', 'Код маркировки', 'Покупатель'],
    ...good.map((order) => [String(order), codes.get(order) as string, 'Анна']),
    ['1', taken, 'нет такого заказа'],
    [String(bad), '0104603934000793215', 'обрезан'],
    ['', taken, 'без номера'],
  ];
  await page.getByLabel('Файл CSV или XLSX').setInputFiles({
    name: 'заказы.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.map((row) => row.map(quoted).join(';')).join('\r\n')),
  });
  await page.getByRole('button', { name: 'Проверить', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'заказы.csv' })).toBeVisible();
  const send = page.getByRole('button', { name: `Отправить ${ORDERS} заказов` });
  await expect(send).toBeVisible(PATIENCE);
  await expect(page.getByText('Отказаться от пакета')).toBeVisible();
  await axe(page);
  await page.getByRole('link', { name: 'С ошибками 3' }).click();
  await expect(page.getByText('Такого заказа нет.').first()).toBeVisible();
  await expect(page.getByText('Не указан номер заказа.')).toBeVisible();
  await axe(page);
  await page.getByRole('link', { name: /^Заказы \d+$/ }).click();

  await addFault(cabinet.campaign, { kind: 'delay', ms: 1, times: ANSWERED });
  await addFault(cabinet.campaign, { kind: 'hold', stage: 'after', times: PARALLEL });
  await send.click();
  await expect(page.getByText(`Маркет ответил по ${ANSWERED} из ${ORDERS} заказов.`)).toBeVisible(PATIENCE);
  await axe(page);
  // Orders are stored there and nobody here knows: the worst moment for a kill.
  await heldCall(cabinet.campaign);
  await server.kill();
  await releaseHeld();
  const before = (await recordOf(cabinet.campaign)).filter((order) => order.accepted > 0);
  expect(before, 'some are stored that nobody here knows of').toHaveLength(ANSWERED + PARALLEL);

  await server.start();
  await expect(page.getByText(`приняты Маркетом: ${ORDERS}`)).toBeVisible(PATIENCE);
  await expect(page.getByText(`Всё передано: ${ORDERS} заказов.`)).toBeVisible();
  await axe(page);

  const written = new Map((await recordOf(cabinet.campaign)).map((order) => [order.orderId, order]));
  for (const order of good) {
    const { accepted, refused, repeated, overtaken, codes: held } = written.get(order) ?? {};
    expect({ order, accepted, refused, repeated, overtaken, held }).toEqual({
      order,
      accepted: 1,
      refused: 0,
      repeated: 0,
      overtaken: 0,
      held: [codes.get(order)],
    });
  }
  expect(written.get(bad)?.accepted).toBe(0);
  expect(await bodiesFor(first)).toHaveLength(1);

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const failed = Buffer.concat(chunks).toString('utf8').replace(/^\ufeff/, '').trim().split('\r\n');
  expect(failed.map((line) => line.split(';')).map((fields) => [fields[0], ...fields.slice(-2)])).toEqual([
    ['Номер заказа', 'Покупатель', 'Ошибка'],
    ['1', 'нет такого заказа', 'Такого заказа нет. Проверьте номер или прочитайте заказы заново.'],
    [String(bad), 'обрезан', expect.stringContaining('Часть кода потеряна.')],
    ['', 'без номера', 'Не указан номер заказа.'],
  ]);
  expect(failed[1]?.replaceAll('""', '"'), 'the code came back with its separators').toContain(taken);
  await page.goto('/orders?tab=accepted');
  await expect(page.getByRole('link', { name: `Приняты ${ORDERS}` })).toBeVisible();
});
