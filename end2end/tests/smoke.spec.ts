import { expect, test } from '../support/test';

test('the first page has a heading and no error', async ({ page, axe }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await axe(page);
});
