// Every page in both languages: no error in the console, nothing serious for axe.
import { allowLogin, check, connectSuz, createCompany, verdict, WORDS } from '../support/crpt';
import { anyGtin } from '../support/emission';
import { signUp } from '../support/seller';
import { signIn } from '../support/sign-in';
import { expect, test, type Language } from '../support/test';

const OUTSIDE = ['/', '/signin', '/signup', '/check', '/no-such-page'];
const INSIDE = [
  '/orders',
  '/orders?tab=rest',
  '/packing',
  '/connections',
  '/journal',
  '/suz',
  '/suz/connect',
  '/suz/sign',
  '/suz/orders',
  '/suz/orders/new',
  '/suz/stock',
  '/suz/stock/import',
];
const RECEIVED = { ru: 'коды получены', en: 'codes received' };

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

    test('an order of codes, its form and the stock', async ({ page, axe }) => {
      test.setTimeout(180_000);
      const gtin = anyGtin();
      await signUp(page, lang);
      await connectSuz(page, await createCompany(), 'demoKey', lang);
      await allowLogin(page, lang);
      await page.goto('/suz/orders/new?group=lp');
      const field = (name: string) => page.locator(`[name="form[lines][0][${name}]"]`);
      const send = page.locator('#order button[type="submit"]:not([hidden])');
      await field('gtin').fill(gtin);
      await field('quantity').fill('0');
      await page.locator('[name="form[release]"][value="PRODUCTION"]').check();
      await send.click();
      // The list of what is wrong has the focus and leads to the field.
      await expect(page.locator('#wrong')).toBeFocused();
      await expect(field('quantity')).toHaveAttribute('aria-invalid', 'true');
      await axe(page);
      await page.locator('#wrong a').first().click();
      await expect(field('quantity')).toBeFocused();
      await field('quantity').fill('3');
      await send.click();
      await page.waitForURL(/\/suz\/orders\/[0-9a-f-]{36}$/);
      const order = page.url();
      await expect(page.locator('main .top .pill').first()).toHaveText(RECEIVED[lang], { timeout: 40_000 });
      const looks = [
        { colorScheme: 'light', width: 1440 },
        { colorScheme: 'dark', width: 390 },
      ] as const;
      const paths = [
        order,
        '/suz/orders',
        '/suz/orders/new?group=lp',
        '/suz/orders/new?group=tobacco',
        '/suz/stock',
        `/suz/stock/${gtin}`,
        '/suz/stock/import',
      ];
      for (const { colorScheme, width } of looks) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 844 });
        for (const path of paths) {
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
