import type { Page } from '@playwright/test';
import { run } from './run';

const WORDS = {
  ru: { email: 'Почта', password: 'Пароль', button: 'Войти' },
  en: { email: 'Email', password: 'Password', button: 'Sign in' },
};

/** Signs in through the form, as the demo user unless told otherwise, and waits for the page after it. */
export async function signIn(page: Page, { lang = 'ru' as keyof typeof WORDS, user = run.demo } = {}): Promise<void> {
  const words = WORDS[lang];
  await page.goto('/signin');
  await page.getByLabel(words.email, { exact: true }).fill(user.email);
  await page.getByLabel(words.password, { exact: true }).fill(user.password);
  await page.getByRole('button', { name: words.button, exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/signin');
}
