// Orders that leave in boxes: scanned, sent, verified by the Market, put right where a code is rejected, shipped.
import type { Page } from '@playwright/test';
import { codesOf, layoutsFor, rejectCode, statusOf } from '../support/sandbox';
import { scan } from '../support/scanner';
import { sellerWithOrder, WORDS } from '../support/seller';
import { expect, test } from '../support/test';

const words = WORDS.ru;
/** The Market is asked five seconds after the boxes are stored, and answers what it knows by then. */
const VERIFIED = { timeout: 30_000 };

const field = (page: Page) => page.getByLabel(words.scan);
const verification = (page: Page) => page.getByRole('region', { name: 'Проверка кодов' });
const ship = (page: Page) => page.getByRole('button', { name: 'Готов к отгрузке' });
const send = (page: Page) => page.getByRole('button', { name: 'Отправить коробки и коды' });
const stored = (page: Page) => page.getByText('коробки сохранены', { exact: true });

/** Scans a code and waits until it lies in its place. */
async function put(page: Page, code: string, progress: string): Promise<void> {
  await field(page).focus();
  await scan(page, code);
  await expect(page.getByText(progress, { exact: true })).toBeVisible();
}

test('an FBS order of three lines: a code is rejected, replaced, verified, and the order is shipped', async ({ page, axe }) => {
  const { order } = await sellerWithOrder(
    page,
    'ru',
    [
      { offerName: 'Тапочки войлочные', count: 2, requiredInstanceTypes: ['CIS'] },
      { offerName: 'Туфли', count: 1, requiredInstanceTypes: ['CIS'] },
      { offerName: 'Ложка для обуви', count: 1, requiredInstanceTypes: [] },
    ],
    'FBS',
  );
  await axe(page);
  await expect(page.getByRole('button', { name: 'Отправить коробки', exact: true }), 'no codes, no talk of them').toBeVisible();
  const codes = await codesOf(order);
  const [one, bad, shoes] = codes as [string, string, string];
  await rejectCode(bad, 'ITEM_SOLD');
  // Of the first code of a product one says whose it is; from then on the product is known by it.
  const line = page.getByRole('combobox', { name: /^Куда/ });
  await line.selectOption('Тапочки войлочные');
  await put(page, one, 'Готово 1 из 3');
  await line.selectOption('определить по товару');
  await put(page, bad, 'Готово 2 из 3');
  await put(page, shoes, 'Готово 3 из 3');
  await axe(page);

  await send(page).click();
  await expect(stored(page)).toBeVisible();
  await expect(ship(page)).toBeHidden();
  await axe(page);
  await expect(verification(page).getByText('есть отклонённые')).toBeVisible(VERIFIED);
  await expect(verification(page).getByText('ITEM_SOLD')).toBeVisible();
  await expect(page.getByText('код отклонён: замените его и отправьте заказ ещё раз')).toBeVisible();
  await expect(ship(page)).toBeHidden();
  await axe(page);

  await verification(page).getByRole('button', { name: 'Заменить: Тапочки войлочные, единица 2' }).click();
  await expect(page.getByText('Готово 2 из 3')).toBeVisible();
  await expect(verification(page).getByText('отклонённый код вынут')).toBeVisible();
  await expect(page.getByText('В Маркете лежит, а здесь нет: 1 код')).toBeVisible();
  await expect(send(page)).toBeDisabled();
  await axe(page);
  const fresh = (await codesOf(order)).filter((code) => !codes.includes(code));
  expect(fresh, 'a rejected code has another one in its stead').toHaveLength(1);
  await put(page, fresh[0] as string, 'Готово 3 из 3');
  await send(page).click();
  await expect(verification(page).getByText('все проверены')).toBeVisible(VERIFIED);
  await axe(page);
  const layouts = await layoutsFor(order);
  expect(layouts).toHaveLength(2);
  const serial = (code: string) => JSON.stringify(code.split('\x1d')[0]).slice(1, -1);
  expect(layouts[0]).toContain(serial(bad));
  expect(layouts[1]).not.toContain(serial(bad));
  for (const code of await codesOf(order)) expect(layouts[1]?.split(serial(code))).toHaveLength(2);

  const labels = page.getByRole('link', { name: 'Напечатать этикетки' });
  const pdf = await page.request.get((await labels.getAttribute('href')) as string);
  expect(pdf.headers()['content-type']).toContain('application/pdf');
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');

  await ship(page).click();
  await expect(page.getByText('Заказ отгружен: коробки и коды уже не изменить.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Убрать код/ }), 'nothing can be taken out any more').toHaveCount(0);
  await axe(page);
  expect(await statusOf(order)).toEqual(['PROCESSING', 'READY_TO_SHIP']);
});

test('an Express order is scanned, verified, and shipped with others', async ({ page, axe }) => {
  const { order } = await sellerWithOrder(
    page,
    'ru',
    [{ offerName: 'Тапочки войлочные', count: 1, requiredInstanceTypes: ['CIS'] }],
    'EXPRESS',
  );
  const [code] = (await codesOf(order)) as [string];
  await put(page, code, 'Готово 1 из 1');
  await send(page).click();
  await expect(verification(page).getByText('все проверены')).toBeVisible(VERIFIED);
  await page.goto('/orders?tab=to_ship');
  await page.getByRole('link', { name: 'Отгрузить несколько сразу' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Отгрузка заказов' })).toBeVisible();
  await axe(page);
  await page.getByLabel(`Отгрузить заказ ${order}`).check();
  await page.getByRole('button', { name: 'Отгрузить выбранные' }).click();
  const outcomes = page.getByRole('region', { name: 'Что вышло' });
  await expect(outcomes.getByRole('listitem').filter({ hasText: String(order) })).toContainText('отгружен');
  await axe(page);
  expect(await statusOf(order)).toEqual(['PROCESSING', 'READY_TO_SHIP']);
});
