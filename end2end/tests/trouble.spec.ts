// What a person sees when something is wrong.
import { addFault, codesOf } from '../support/sandbox';
import { sellerWithOrder, signUp, WORDS } from '../support/seller';
import { expect, test } from '../support/test';

const words = WORDS.ru;

test('a wrong key is refused in a sentence, with the words of the Market', async ({ page, console: guard, axe }) => {
  guard.allow(/422|Failed to load resource/);
  await signUp(page, 'ru');
  await page.getByLabel(words.key, { exact: true }).fill('ACMA:wrong:00000000');
  await page.getByRole('button', { name: words.check, exact: true }).click();
  await expect(page.getByText('Маркет ответил:')).toBeVisible();
  await axe(page);
});

test('a refusal shows the words of the Market beside ours, and the codes stay', async ({ page, axe }) => {
  const { cabinet, order } = await sellerWithOrder(page, 'ru', [
    { offerName: 'Тапочки', count: 1, requiredInstanceTypes: ['CIS'] },
  ]);
  await addFault(cabinet.campaign, { kind: 'statusError', code: 'INVALID_CIS', message: 'Invalid incoming cis for the test' });
  await page.getByLabel(words.scan).fill((await codesOf(order)).join('\n'));
  await page.getByRole('button', { name: words.put, exact: true }).click();
  await page.getByRole('button', { name: words.send }).click();
  await expect(page.getByText(words.refused).first()).toBeVisible();
  await expect(page.getByText('Invalid incoming cis for the test')).toBeVisible();
  await axe(page);
});

test('an answer that is lost is found out while the page is open', async ({ page }) => {
  const { cabinet, order } = await sellerWithOrder(page, 'ru', [
    { offerName: 'Тапочки', count: 1, requiredInstanceTypes: ['CIS'] },
  ]);
  await addFault(cabinet.campaign, { kind: 'hangUp', stage: 'after' });
  await page.getByLabel(words.scan).fill((await codesOf(order)).join('\n'));
  await page.getByRole('button', { name: words.put, exact: true }).click();
  await page.getByRole('button', { name: words.send }).click();
  await expect(page.getByText(words.accepted).first()).toBeVisible();
});

test('more codes than units and a repeat are seen before sending', async ({ page, axe }) => {
  await sellerWithOrder(page, 'ru', [{ offerName: 'Молоко', count: 1, requiredInstanceTypes: ['CIS'] }]);
  const field = page.getByLabel(words.scan);
  const code = '01030410947874432155Qbag!<GS>93Zjqw';
  await field.fill([code, code, code.replace('Qbag', 'Qbah')].join('\n'));
  await expect(page.getByText('повтор').first()).toBeVisible();
  await expect(page.getByText('лишний').first()).toBeVisible();
  await page.getByRole('button', { name: words.put, exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Не разложено' })).toBeVisible();
  await axe(page);
});

test('a code that reads in two ways waits until somebody says which', async ({ page, axe }) => {
  await sellerWithOrder(page, 'ru', [{ offerName: 'Пиво', count: 1, requiredInstanceTypes: ['CIS'] }]);
  await page.getByLabel(words.scan).fill('0104610053147452215d,OiLl93dGVz');
  await expect(page.getByText('какой из кодов?').first()).toBeVisible();
  await page.getByRole('button', { name: words.put, exact: true }).click();
  const apart = page.getByRole('region', { name: 'Не разложено' });
  await expect(apart.getByText('Код читается двояко')).toBeVisible();
  await axe(page);
  await apart.getByRole('listitem').filter({ hasText: 'серийный номер из 7 символов' }).getByRole('button', { name: 'Это он' }).click();
  await expect(apart).toBeHidden();
  await expect(page.getByRole('button', { name: words.send })).toBeEnabled();
});
