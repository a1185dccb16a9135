// Every page in both languages: no error in the console, nothing serious for axe.
import { signIn } from '../support/sign-in';
import { expect, test, type Language } from '../support/test';

const OUTSIDE = ['/', '/signin', '/signup', '/check', '/no-such-page'];
const INSIDE = ['/orders', '/orders?tab=rest', '/packing', '/connections', '/journal'];

for (const lang of ['ru', 'en'] as Language[]) {
  test.describe(`pages, ${lang}`, () => {
    test.use({ lang });

    test('outside', async ({ page, axe, console: guard }) => {
      guard.allow(/404/);
      for (const path of OUTSIDE) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await axe(page);
      }
    });

    test('inside', async ({ page, axe }) => {
      await signIn(page, { lang });
      for (const path of INSIDE) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await axe(page);
      }
    });

    test('dark and on a phone', async ({ page, axe }) => {
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize({ width: 390, height: 844 });
      await signIn(page, { lang });
      for (const path of INSIDE) {
        await page.goto(path);
        await axe(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wide, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
      }
    });
  });
}
