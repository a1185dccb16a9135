// The script that signs by CryptoPro's plug-in, with a stand-in for the plug-in that makes real CMS in the page. OpenSSL says
// whether it is one.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { installSigner, makeKey, type Key } from '../support/signer';
import { expect, test } from '../support/test';

interface Told {
  ok?: unknown;
  failure?: string;
  said?: string;
}

const COMPANY = { name: 'ООО "Ромашка, Лютик и Ко"', inn: '7707083893' };
const CONTENT = '{"gtin":"04606038003172","quantity":2}\u001dЁ';

async function open(page: Page): Promise<void> {
  await page.goto('/check');
  await page.addScriptTag({ url: '/signing.js', type: 'module' });
  await page.waitForFunction(() => 'metkaSigning' in window);
}

/** Calls a function of the script and reads what it told. */
const call = (page: Page, name: string, ...values: unknown[]): Promise<Told> =>
  page.evaluate(
    ({ name, values }) =>
      new Promise<Told>((resolve) => {
        const script = (window as unknown as { metkaSigning: Record<string, (...all: unknown[]) => void> }).metkaSigning;
        script[name]?.(...values, (text: string) => resolve(JSON.parse(text) as Told));
      }),
    { name, values },
  );

/** What openssl finds signed; throws when the signature is not one. */
function verified(signature: string, content?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'metka-cms-'));
  try {
    writeFileSync(join(folder, 'signature'), Buffer.from(signature, 'base64'));
    const words = ['cms', '-verify', '-binary', '-noverify', '-inform', 'DER', '-in', 'signature'];
    if (content !== undefined) {
      writeFileSync(join(folder, 'content'), content);
      words.push('-content', 'content');
    }
    return execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' }).toString();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('certificates are told with owner, ИНН and term', async ({ page, context }) => {
  const keys = [makeKey(COMPANY), makeKey({ name: 'Иванова Анна', inn: '500100732259', days: -3 })];
  await installSigner(context, keys);
  await open(page);
  expect(await call(page, 'certificates')).toEqual({
    ok: keys.map((key: Key, index) => ({
      thumbprint: key.thumbprint,
      owner: key.name,
      inn: key.inn,
      company: index === 0,
      issuer: key.name,
      from: Date.parse(key.from),
      until: Date.parse(key.until),
    })),
  });
});

test('a signature is a CMS that openssl believes, attached and detached', async ({ page, context }) => {
  const key = makeKey(COMPANY);
  await installSigner(context, [key]);
  await open(page);
  const base64 = Buffer.from(CONTENT).toString('base64');
  for (const attached of [true, false]) {
    const told = await call(page, 'sign', key.thumbprint, base64, attached);
    expect(told).toEqual({ ok: expect.stringMatching(/^[\w+/]+=*$/) });
    const signature = String(told.ok);
    expect(verified(signature, attached ? undefined : CONTENT)).toBe(CONTENT);
    if (!attached) expect(() => verified(signature, `${CONTENT} `)).toThrow(/content verify error/);
  }
});

test('no key, a person who says no, and no certificate at all are told apart', async ({ page, context }) => {
  const key = makeKey(COMPANY);
  await installSigner(context, [key], 'refuses');
  await open(page);
  expect((await call(page, 'sign', key.thumbprint, 'AAAA', true)).failure).toBe('refused');
  expect((await call(page, 'sign', '00'.repeat(20), 'AAAA', true)).failure).toBe('no_certificate');
  const other = await context.browser()!.newContext();
  await installSigner(other, []);
  const empty = await other.newPage();
  await empty.goto(`${new URL(page.url()).origin}/check`);
  await empty.addScriptTag({ url: '/signing.js', type: 'module' });
  await empty.waitForFunction(() => 'metkaSigning' in window);
  expect((await call(empty, 'certificates')).failure).toBe('no_certificate');
  await other.close();
});
