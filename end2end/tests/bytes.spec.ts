import { signIn } from '../support/sign-in';
import { expect, test } from '../support/test';
import { Traffic } from '../support/traffic';

/** Bytes on the wire for the first visit of the orders page, everything included. */
const BUDGET = 350_000;
/** Bytes under which a file is not worth compressing. */
const COMPRESSED_FROM = 1024;
/** Fonts and pictures are compressed in themselves. */
const COMPRESSED_KINDS = ['css', 'js', 'wasm'];

const extension = (url: string) => new URL(url).pathname.split('.').at(-1) ?? '';

test('the first visit of the orders page is small, compressed and cached for ever', async ({
  page,
  context,
  browser,
  baseURL,
  locale,
}) => {
  await signIn(page);
  // Signed in, but with an empty cache.
  const fresh = await browser.newContext({ storageState: await context.storageState(), baseURL, locale });
  try {
    const first = await fresh.newPage();
    const traffic = await Traffic.of(first);
    const wasm = first.waitForEvent('requestfinished', (request) => new URL(request.url()).pathname.endsWith('.wasm'));
    await first.goto('/orders');
    await expect(first).toHaveURL(/\/orders$/);
    await wasm;
    await expect.poll(() => traffic.underWay, 'requests that have not ended').toEqual([]);

    const sizes = traffic.transfers.map(({ url, bytes }) => `${bytes ?? 0} ${new URL(url).pathname}`);
    console.log(`first visit of /orders: ${traffic.bytes} bytes\n  ${sizes.join('\n  ')}`);
    expect(traffic.cached, 'the cache was empty').toEqual([]);
    expect(traffic.bytes, sizes.join('\n')).toBeLessThanOrEqual(BUDGET);

    const hashed = traffic.transfers.filter(({ url }) => new URL(url).pathname.startsWith('/pkg/'));
    const kinds = new Set(hashed.map(({ url }) => extension(url)));
    expect([...kinds], 'kinds of hashed files').toEqual(expect.arrayContaining(COMPRESSED_KINDS));
    for (const { url, headers } of hashed) {
      expect(headers['cache-control'], url).toContain('immutable');
      // The file alone: on the wire a small one is as big again with its headers.
      if (Number(headers['content-length']) > COMPRESSED_FROM && COMPRESSED_KINDS.includes(extension(url))) {
        expect(headers['content-encoding'], url).toMatch(/^(br|gzip)$/);
      }
    }
    const stylesheets = traffic.transfers.filter(({ type }) => type === 'Stylesheet');
    expect(stylesheets.map(({ url }) => url), 'one stylesheet').toHaveLength(1);
  } finally {
    await fresh.close();
  }
});
