// The same pages without JavaScript: they read, and their forms work as forms.
import { signIn } from '../support/sign-in';
import { expect, test } from '../support/test';

test.use({ javaScriptEnabled: false });

// The page asks for its scripts ahead of time, and a browser without scripts blocks that.
test.beforeEach(({ console: guard }) => guard.allow(/^csp: GET \S+\/pkg\/\S+\.js$/));

test('signing in, the list and an order read without scripts', async ({ page }) => {
  await signIn(page);
  await page.goto('/orders');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const first = page.locator('main a[href^="/orders/"]').first();
  await expect(first).toBeVisible();
  await first.click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByLabel('Сканируйте, вставьте столбец кодов или перетащите файл')).toBeVisible();
});

test('connections, the journal and the check of a code read without scripts', async ({ page }) => {
  await signIn(page);
  for (const path of ['/connections', '/journal', '/check']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
});

test('a stranger is brought to the page where one signs in', async ({ page }) => {
  await page.goto('/orders');
  await expect(page).toHaveURL(/\/signin/);
});
