// The main job in the browser: a key is connected, codes are scanned, sent, and held by the Market.
import { bodiesFor, codesOf } from '../support/sandbox';
import { sellerWithOrder, WORDS } from '../support/seller';
import { expect, test, type Language } from '../support/test';

const SAMPLE = '01030410947874432155Qbag!<GS>93Zjqw';

for (const lang of ['ru', 'en'] as Language[]) {
  test.describe(`the journey, ${lang}`, () => {
    test.use({ lang });
    const words = WORDS[lang];

    test('from a key to codes that the Market holds', async ({ page, axe }) => {
      const { order } = await sellerWithOrder(page, lang, [
        { offerName: 'Тапочки войлочные', count: 2, requiredInstanceTypes: ['CIS'] },
        { offerName: 'Ложка для обуви', count: 1, requiredInstanceTypes: [] },
      ]);
      await axe(page);
      const field = page.getByLabel(words.scan);
      const send = page.getByRole('button', { name: words.send });
      await expect(send).toBeDisabled();

      await field.fill((await codesOf(order)).join('\n'));
      await page.getByRole('button', { name: words.put, exact: true }).click();
      await expect(field).toHaveValue('');
      await expect(send).toBeEnabled();
      await axe(page);
      await send.click();
      await expect(page.getByText(words.accepted).first()).toBeVisible();
      await axe(page);
      expect(await bodiesFor(order)).toHaveLength(1);
    });
  });
}

test('the sample code leaves with exactly one backslash, quotes and backslashes escaped', async ({ page }) => {
  const { order } = await sellerWithOrder(page, 'ru', [
    { offerName: 'Молоко', count: 3, requiredInstanceTypes: ['CIS'] },
  ]);
  const words = WORDS.ru;
  const field = page.getByLabel(words.scan);
  const codes = [SAMPLE, '0103041094787443215Qba"!!<GS>93Zjqw', '0103041094787443215Qba!!\\<GS>93Zjqw'];
  for (const code of codes) {
    await field.fill(code);
    await field.press('Enter');
    await expect(field).toHaveValue('');
  }
  const send = page.getByRole('button', { name: words.send });
  await expect(send).toBeEnabled();
  await send.click();
  await expect(page.getByText(words.accepted).first()).toBeVisible();
  const [body] = await bodiesFor(order);
  expect(body).toContain(String.raw`"01030410947874432155Qbag!\u001d93Zjqw"`);
  expect(body).toContain(String.raw`"0103041094787443215Qba\"!!\u001d93Zjqw"`);
  expect(body).toContain(String.raw`"0103041094787443215Qba!!\\\u001d93Zjqw"`);
});

test('a code is judged in the browser before the server is asked', async ({ page, context }) => {
  await sellerWithOrder(page, 'ru', [{ offerName: 'Тапочки', count: 1, requiredInstanceTypes: ['CIS'] }]);
  const field = page.getByLabel(WORDS.ru.scan);
  // The page is alive when it answers; then the network is cut.
  await field.fill('не код');
  await expect(page.getByText('не код', { exact: true }).last()).toBeVisible();
  await context.setOffline(true);
  await field.fill(SAMPLE);
  await expect(page.getByText('Тапочки, единица 1')).toBeVisible();
  await context.setOffline(false);
});

test('a scanner that sends its separator as Ctrl+] is understood', async ({ page }) => {
  const { order } = await sellerWithOrder(page, 'ru', [{ offerName: 'Молоко', count: 1, requiredInstanceTypes: ['CIS'] }]);
  const field = page.getByLabel(WORDS.ru.scan);
  const separator = SAMPLE.indexOf('<GS>');
  await field.fill(SAMPLE.slice(0, separator));
  await field.press('Control+BracketRight');
  await field.pressSequentially(SAMPLE.slice(separator + '<GS>'.length));
  await field.press('Enter');
  await page.getByRole('button', { name: WORDS.ru.send }).click();
  await expect(page.getByText(WORDS.ru.accepted).first()).toBeVisible();
  expect((await bodiesFor(order))[0]).toContain(String.raw`Qbag!\u001d93Zjqw`);
});

test('scans that come before the scripts are read whole', async ({ page }) => {
  const { order } = await sellerWithOrder(page, 'ru', [{ offerName: 'Молоко', count: 2, requiredInstanceTypes: ['CIS'] }]);
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/*.wasm', async (route) => {
    await released;
    await route.continue();
  });
  await page.reload({ waitUntil: 'commit' });
  const field = page.getByLabel(WORDS.ru.scan);
  const [before, after] = SAMPLE.split('<GS>') as [string, string];
  for (const serial of [before, before.replace('Qbag', 'Qbah')]) {
    await field.pressSequentially(serial);
    await field.press('Control+BracketRight');
    await field.pressSequentially(after);
    await field.press('Enter');
  }
  await expect(field).toHaveValue(`${before}\x1d${after}\n${before.replace('Qbag', 'Qbah')}\x1d${after}\n`);
  release();
  await expect(field).toHaveValue('');
  await page.getByRole('button', { name: WORDS.ru.send }).click();
  await expect(page.getByText(WORDS.ru.accepted).first()).toBeVisible();
  expect((await bodiesFor(order))[0]).toContain(String.raw`Qbah!\u001d93Zjqw`);
});
