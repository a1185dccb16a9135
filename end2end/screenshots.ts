// Not a test: takes pictures of the main pages in light, in dark and on a phone, into end2end/screenshots.
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { code, longList } from './support/codes';
import { scan } from './support/scanner';
import { signIn } from './support/sign-in';
import { expect, test } from './support/test';

const folder = fileURLToPath(new URL('./screenshots', import.meta.url));

const LOOKS = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const;

interface Shot {
  name: string;
  signedIn: boolean;
  open: (page: Page) => Promise<unknown>;
}

/** The page of the check with something in its field, once its scripts have taken it over. */
const check = (text: string) => async (page: Page) => {
  await page.goto('/check');
  await page.waitForFunction(() => window.onkeydown === null);
  await page.getByLabel('Код или столбец кодов').fill(text);
};

const SHOTS: Shot[] = [
  { name: 'check', signedIn: false, open: (page) => page.goto('/check') },
  { name: 'check-repaired', signedIn: false, open: check(`]d2${code(7).replaceAll('\x1d', '<GS>')}`) },
  { name: 'check-question', signedIn: false, open: check('0104610053147452215d,OiLl93dGVz') },
  { name: 'check-bar-code', signedIn: false, open: check('4607809591423') },
  { name: 'check-refused', signedIn: false, open: check(code(7).slice(0, -3)) },
  {
    name: 'check-column',
    signedIn: false,
    open: async (page) => {
      await check(['привет', code(1), `]d2${code(2)}`, code(3).slice(0, -2), code(1), '4607809591423'].join('\n'))(page);
      await page.getByRole('listbox', { name: 'Проверенные строки' }).getByRole('option').nth(2).click();
    },
  },
  {
    name: 'check-long',
    signedIn: false,
    open: async (page) => {
      await check(longList(1_500))(page);
      await expect(page.getByRole('heading', { name: '1 500 строк' })).toBeVisible();
    },
  },
  {
    name: 'check-scanner',
    signedIn: false,
    open: async (page) => {
      await check('')(page);
      await page.getByRole('button', { name: 'Проверить сканер' }).click();
      await expect(page.getByLabel('Поле для сканера')).toBeFocused();
      await scan(page, ']d20104670033010053215qWe,rT;y?U/i\x1d93Ab12', { layout: 'ru', separator: 'nothing', suffix: 'nothing' });
      await expect(page.getByText('Русская раскладка')).toBeVisible();
    },
  },
  { name: 'signin', signedIn: false, open: (page) => page.goto('/signin') },
  { name: 'orders', signedIn: true, open: (page) => page.goto('/orders') },
  {
    name: 'order',
    signedIn: true,
    open: async (page) => {
      await page.goto('/orders');
      await page.locator('main a[href^="/orders/"]').first().click();
      await page.waitForURL('**/orders/*');
    },
  },
];

for (const { name: look, colorScheme, viewport } of LOOKS) {
  test.describe(look, () => {
    test.use({ colorScheme, viewport, deviceScaleFactor: 2 });
    for (const { name, signedIn, open } of SHOTS) {
      test(`${name}, ${look}`, async ({ page }) => {
        if (signedIn) await signIn(page);
        await open(page);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: true, animations: 'disabled' });
      });
    }
  });
}
