// Every page in both languages: no error in the console, nothing serious for axe.
import { allowLogin, check, connectSuz, createCompany, verdict, WORDS } from '../support/crpt';
import { signUp } from '../support/seller';
import { signIn } from '../support/sign-in';
import { expect, test, type Language } from '../support/test';

const OUTSIDE = ['/', '/signin', '/signup', '/check', '/no-such-page'];
const INSIDE = ['/orders', '/orders?tab=rest', '/packing', '/connections', '/journal', '/suz', '/suz/connect', '/suz/sign'];

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

    test('a connection of СУЗ and its passport', async ({ page, axe }) => {
      await signUp(page, lang);
      await connectSuz(page, await createCompany(), 'demoKey', lang);
      const address = page.url();
      await axe(page);
      await allowLogin(page, lang);
      await check(page, 2, lang);
      await expect(verdict(page)).toHaveText(WORDS[lang].well);
      const looks = [
        { colorScheme: 'light', width: 1440 },
        { colorScheme: 'dark', width: 390 },
      ] as const;
      for (const { colorScheme, width } of looks) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 844 });
        for (const path of [address, `${address}/passport`, '/suz', '/suz/connect']) {
          await page.goto(path);
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          await axe(page);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(wide, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
        }
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
