// The `test` of every file here: Playwright's own with the server of the run, a language and two guards.
import { expect, test as base, type Page } from '@playwright/test';
import axe from 'axe-core';
import { randomInt } from 'node:crypto';
import { BrowserGuard } from './browser-guard';
import { run } from './run';

export type Language = 'ru' | 'en';

const LOCALES: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' };

export interface Options {
  /** The language that the browser asks for. */
  lang: Language;
}

interface Fixtures {
  /** Fails the test on a console error, an uncaught exception or a failed request of the server's own. */
  console: BrowserGuard;
  /** Fails when axe-core finds a serious or critical accessibility problem on the page as it is now. */
  axe: (page: Page) => Promise<void>;
}

export const test = base.extend<Options & Fixtures>({
  lang: ['ru', { option: true }],
  locale: async ({ lang }, use) => use(LOCALES[lang]),
  baseURL: async ({}, use) => use(run.url),
  // Everybody comes from an address of their own: one address may sign up thirty people an hour.
  extraHTTPHeaders: async ({}, use) => use({ 'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}` }),

  console: [
    async ({ context, baseURL }, use) => {
      const guard = new BrowserGuard();
      guard.watch(context, baseURL ?? run.url);
      await use(guard);
      expect(guard.unexpected(), 'what went wrong in the browser').toEqual([]);
    },
    { auto: true },
  ],

  axe: async ({}, use) =>
    use(async (page) => {
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
      const serious = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, impact, help, nodes }) => ({ id, impact, help, where: nodes.map((node) => node.target.join(' ')) }));
      expect(serious, `accessibility of ${page.url()}`).toEqual([]);
    }),
});

export { expect };
