// The same pages without JavaScript: they read, and their forms work as forms.
import { code } from '../support/codes';
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

test('an order of boxes and the page that ships many read without scripts', async ({ page }) => {
  await signIn(page);
  await page.goto('/orders');
  const row = page.getByRole('row').filter({ hasText: 'FBS' }).first();
  await row.getByRole('link').first().click();
  for (const part of ['Коробки', 'Отгрузка', 'Этикетки']) {
    await expect(page.getByRole('region', { name: part })).toBeVisible();
  }
  await page.goto('/orders/ship');
  await expect(page.getByRole('heading', { level: 1, name: 'Отгрузка заказов' })).toBeVisible();
});

test('a table of orders and codes is brought, judged and discarded by forms', async ({ page }) => {
  await signIn(page);
  await page.goto('/bulk');
  await page.getByLabel('Или вставьте две колонки из таблицы').fill(`99999999\t${code(1)}`);
  await page.getByRole('button', { name: 'Проверить', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Вставленная таблица' })).toBeVisible();
  // Without scripts a page says what was so when it was asked for.
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Такого заказа нет.').first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByText('Отказаться от пакета').click();
  await page.getByRole('button', { name: 'Отказаться', exact: true }).click();
  await expect(page.getByText('остановлен', { exact: true })).toBeVisible();
});

test('a stranger is brought to the page where one signs in', async ({ page }) => {
  await page.goto('/orders');
  await expect(page).toHaveURL(/\/signin/);
});
