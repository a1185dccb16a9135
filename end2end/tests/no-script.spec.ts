// The same pages without JavaScript: they read, and their forms work as forms.
import { code } from '../support/codes';
import { createCompany, field, sayWho, WORDS as SUZ } from '../support/crpt';
import { signUp } from '../support/seller';
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

test('the need of СУЗ, its form with what is wrong in it, and the passport work as pages', async ({ page }) => {
  const company = await createCompany();
  await signUp(page, 'ru');
  await page.goto('/suz');
  await page.getByLabel('Только перепродаю').check();
  await page.getByRole('button', { name: 'Нужна ли мне СУЗ?' }).click();
  await expect(page.getByText('Нет, СУЗ вам не нужна')).toBeVisible();

  await page.goto('/suz/connect');
  const connect = async (connection: string) => {
    await sayWho(page, company, 'demoKey');
    await field(page, SUZ.ru.oms).fill(company.omsId.toUpperCase());
    await field(page, SUZ.ru.connection).fill(connection);
    await page.getByRole('button', { name: 'Подключить', exact: true }).click();
  };
  await connect('2BM-7736207543-770401001');
  await expect(page.getByText(/Идентификатор соединения: Это идентификатор ЭДО/)).toBeVisible();
  await connect('suz2.crpt.ru');
  await expect(page.getByText(/Идентификатор соединения: Это адрес страницы СУЗ/)).toBeVisible();
  await connect(company.device);
  await page.waitForURL(/\/suz\/[0-9a-f-]{36}$/);
  await expect(page.getByText('СУЗ отключит статические токены всей компании')).toBeVisible();

  await page.getByRole('link', { name: 'Паспорт интеграции' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Паспорт интеграции' })).toBeVisible();
  await expect(page.getByText('Устройство удалено или старое')).toBeVisible();
  await expect(page.getByText(company.omsId), 'ids are masked on paper').toHaveCount(0);
  const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g);
  expect(sheets, 'one page').toHaveLength(1);
});

test('a stranger is brought to the page where one signs in', async ({ page }) => {
  await page.goto('/orders');
  await expect(page).toHaveURL(/\/signin/);
});
