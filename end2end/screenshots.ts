// Not a test: takes pictures of the main pages in light, in dark and on a phone, into end2end/screenshots.
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
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

const SHOTS: Shot[] = [
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
