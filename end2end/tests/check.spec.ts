// The page «Проверка кода»: no account, with scripts and without.
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { code, longList } from '../support/codes';
import { scan } from '../support/scanner';
import { expect, test } from '../support/test';

const MILK = '0103041094787443215Qbag!\x1d93Zjqw';
const MILK_KI = '0103041094787443215Qbag!';
/** Reads as an identity of thirteen characters and as beer that has lost its separator. */
const TWO_READINGS = '0104610053147452215d,OiLl93dGVz';
const SAMPLE = '0104670033010053215qWe,rT;y?U/i\x1d93Ab12';


const field = (page: Page) => page.getByLabel('Код или столбец кодов');
const result = (page: Page) => page.getByRole('region', { name: 'Результат' });

/** Opens the page and waits until its scripts have taken it over: they end the early listening to keys. */
async function open(page: Page, address = '/check'): Promise<void> {
  await page.goto(address);
  await page.waitForFunction(() => window.onkeydown === null);
}

test('a repaired code is taken apart, explained and can be taken away', async ({ page, context, axe }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await field(page).fill(']d20103041094787443215Qbag!{GS}93Zjqw');
  await expect(result(page).getByText('исправлен, 2 шага')).toBeVisible();
  await expect(result(page).getByText('GTIN, контрольная цифра верна')).toBeVisible();
  await expect(result(page).getByRole('listitem')).toHaveCount(2);
  await axe(page);
  const copies: [string, string][] = [
    ['Копировать код', MILK],
    ['Как в JSON', String.raw`"0103041094787443215Qbag!\u001d93Zjqw"`],
    ['(01)…(21)…', '(01)03041094787443(21)5Qbag!(93)Zjqw'],
    ['Только КИ', MILK_KI],
  ];
  for (const [name, text] of copies) {
    await page.getByRole('button', { name }).click();
    await expect(page.getByRole('button', { name }).getByRole('status')).toHaveText('скопировано');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  }
});

test('what can be read in two ways is asked about, and the product group settles it', async ({ page, axe }) => {
  await open(page);
  await field(page).fill(TWO_READINGS);
  await expect(result(page).getByText('нужен ответ')).toBeVisible();
  const answers = result(page).getByRole('button', { name: 'Это он' });
  await expect(answers).toHaveCount(2);
  await axe(page);
  await answers.last().click();
  await expect(result(page).getByRole('button', { name: 'Копировать код' })).toBeVisible();

  await page.getByLabel('Товарная группа').selectOption('beer');
  await expect(result(page).getByText('нужен ответ')).toHaveCount(0);
  await expect(result(page).getByText('код проверки')).toBeVisible();
});

test('a bar code is told from a marking code, with what a GTIN is', async ({ page, axe }) => {
  await open(page);
  await field(page).fill('4607809591423');
  await expect(result(page).getByText('не код маркировки', { exact: true })).toBeVisible();
  await expect(result(page).getByText('04607809591423', { exact: true })).toBeVisible();
  await expect(result(page).getByText('GTIN — номер товара в международной базе GS1')).toBeVisible();
  await axe(page);
});

test('a refusal points at the place in the text', async ({ page, axe }) => {
  await open(page);
  await field(page).fill('0103041094787443215Qb g!\x1d93Zjqw');
  await expect(result(page).getByText('не прочитан')).toBeVisible();
  await expect(result(page).locator('mark')).toHaveText('␣');
  await axe(page);
});

test('a column becomes a list with filters, keys, repeats and a file', async ({ page, axe }) => {
  await open(page);
  const lines = [code(1), code(2), 'привет', ...Array.from({ length: 60 }, (_, index) => code(index + 10)), code(2).split('\x1d')[0]];
  await field(page).fill(lines.join('\n'));
  await expect(result(page).getByRole('heading', { name: '64 строки' })).toBeVisible();
  const list = page.getByRole('listbox', { name: 'Проверенные строки' });
  await expect(list.getByRole('option').first()).toHaveAttribute('aria-setsize', '64');
  expect(await list.getByRole('option').count(), 'only what is seen is drawn').toBeLessThan(64);
  await axe(page);

  await list.focus();
  await page.keyboard.press('End');
  const last = list.getByRole('option', { selected: true });
  await expect(last).toContainText('Та же единица, что в строке 2');
  await expect(last).toBeInViewport();
  await expect(list).toHaveAttribute('aria-activedescendant', (await last.getAttribute('id')) ?? '');

  await page.getByRole('button', { name: 'Требуют внимания' }).click();
  await expect(list.getByRole('option')).toHaveCount(2);
  await list.getByRole('option').first().click();
  await expect(result(page).getByText('не код маркировки', { exact: true }).last()).toBeVisible();
  await axe(page);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Скачать CSV' }).click();
  const file = await readFile(await (await download).path(), 'utf8');
  const rows = file.trimEnd().split('\r\n');
  expect(rows).toHaveLength(65);
  expect(rows[0]).toMatch(/^\uFEFFСтрока;/);
  expect(rows[64]).toMatch(/;2$/);
});

test('files in the encodings of Windows are read', async ({ page }) => {
  await open(page);
  const text = `${code(1)}\r\n${code(2)}\r\nне код\r\n`;
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  const windows = Buffer.from([...text].map((character) => windows1251(character)));
  for (const [name, buffer] of [['utf16.txt', utf16], ['windows.txt', windows]] as [string, Buffer][]) {
    await page.getByLabel('Файл…').setInputFiles({ name, mimeType: 'text/plain', buffer });
    await expect(result(page).getByRole('heading', { name: '3 строки' })).toBeVisible();
    await expect(result(page).getByText('верен: 2').first()).toBeVisible();
    await page.getByRole('button', { name: 'Очистить' }).click();
    await expect(result(page).getByText('Здесь будет разбор')).toBeVisible();
  }
});

const windows1251 = (character: string): number => {
  const point = character.codePointAt(0) ?? 0;
  return point >= 0x410 && point <= 0x44f ? point - 0x350 : point;
};

test('a hundred thousand pasted lines are checked beside the page, and it says how fast', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  const started = page.waitForEvent('worker');
  await field(page).focus();
  const worker = await started;
  await page.evaluate((text) => navigator.clipboard.writeText(text), longList(100_000));
  // It has warmed up, as it has when a person comes to press the keys.
  await worker.evaluate('ready');
  await page.evaluate(() => {
    const measured = { paste: 0, done: 0, longest: 0, reading: 0 };
    Object.assign(window, { measured });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        const pastes = startTime <= measured.paste && measured.paste <= startTime + duration;
        measured.longest = Math.max(measured.longest, duration - (pastes ? measured.reading : 0));
      }
    }).observe({ type: 'longtask' });
    const getData = DataTransfer.prototype.getData;
    DataTransfer.prototype.getData = function (format) {
      const began = performance.now();
      const text = getData.call(this, format);
      measured.reading = performance.now() - began;
      return text;
    };
    window.addEventListener('paste', () => (measured.paste = performance.now()), { capture: true });
    new MutationObserver(() => {
      const told = document.querySelector('p[role=status]')?.textContent ?? '';
      if (measured.done === 0 && told.startsWith('100\u2009000 строк')) measured.done = performance.now();
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await page.keyboard.press('Control+V');
  await page.waitForFunction(() => (window as unknown as { measured: { done: number } }).measured.done > 0);
  // Scrolling through the list is part of what must stay quick.
  const list = page.getByRole('listbox');
  await list.focus();
  await page.keyboard.press('End');
  await expect(list.getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '100000');
  await expect(result(page).getByText('не прочитан: 1 000').first()).toBeVisible();
  const { paste, done, longest, reading } = await page.evaluate(
    () => (window as unknown as { measured: Record<'paste' | 'done' | 'longest' | 'reading', number> }).measured,
  );
  const told = Math.round(done - paste);
  console.log(
    `100,000 pasted lines: all verdicts after ${told} ms; longest task of the page ${longest < 50 ? 'under 50' : Math.round(longest)} ms, ` +
      `without the ${Math.round(reading)} ms in which the browser reads the clipboard`,
  );
});

test('a long check can be stopped', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // The worker waits for its wasm for as long as this test likes.
  await context.route('**/worker.*.wasm', () => {});
  await open(page);
  await page.evaluate((text) => navigator.clipboard.writeText(text), longList(3_000));
  await field(page).focus();
  await page.keyboard.press('Control+V');
  await expect(page.getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: 'Остановить' }).click();
  await expect(result(page).getByRole('heading', { name: 'Остановлено' })).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await context.unroute('**/worker.*.wasm');
  await page.getByRole('button', { name: 'Очистить' }).click();
  await field(page).focus();
  await page.keyboard.press('Control+V');
  await expect(result(page).getByRole('heading', { name: '3 000 строк' })).toBeVisible();
});

test('scans are read by their keys, whatever the layout', async ({ page }) => {
  await open(page);
  await field(page).focus();
  await scan(page, MILK, { layout: 'ru', separator: 'f8' });
  await expect(field(page)).toHaveValue(`${MILK}\n`);
  await expect(result(page).getByText('верен', { exact: true })).toBeVisible();
  await scan(page, SAMPLE, { layout: 'ru', separator: 'alt', suffix: 'nothing' });
  await expect(field(page)).toHaveValue(`${MILK}\n${SAMPLE}`);
  await expect(result(page).getByRole('heading', { name: '2 строки' })).toBeVisible();
});

test('the check-up of the scanner names what is to be set right', async ({ page, axe }) => {
  await open(page);
  await page.getByRole('button', { name: 'Проверить сканер' }).click();
  const card = page.getByRole('region', { name: 'Проверить сканер' });
  const scanner = card.getByLabel('Поле для сканера');
  await expect(scanner).toBeFocused();
  await expect(card.getByRole('img', { name: 'Образец кода для сканера' })).toBeVisible();

  await scan(page, SAMPLE);
  await expect(card.getByText('Сканер настроен верно')).toBeVisible();
  await expect(scanner).toBeFocused();
  await axe(page);

  await scan(page, `]d2${SAMPLE}`, { layout: 'ru', separator: 'nothing', suffix: 'nothing' });
  for (const fault of ['Русская раскладка', 'Лишнее в начале: ]d2', 'Потерян разделитель GS', 'В конце нет Enter']) {
    await expect(card.getByText(fault, { exact: true })).toBeVisible();
  }
  await expect(card.getByText('Сканер настроен верно')).toHaveCount(0);
  await axe(page);

  await scan(page, MILK, { suffix: 'Tab' });
  await expect(card.getByText('Лишнее в конце: Tab')).toBeVisible();
  await expect(card.getByText('Русская раскладка')).toHaveCount(0);
});

test('Caps Lock is noticed', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Проверить сканер' }).click();
  const card = page.getByRole('region', { name: 'Проверить сканер' });
  await expect(card.getByLabel('Поле для сканера')).toBeFocused();
  // No automation can hold Caps Lock; the page reads it from the events.
  await card.getByLabel('Поле для сканера').evaluate((input) => {
    const press = (code: string, key: string) =>
      input.dispatchEvent(new KeyboardEvent('keydown', { code, key, modifierCapsLock: true, bubbles: true }));
    for (let time = 0; time < 12; time += 1) press('KeyA', 'A');
    press('Enter', 'Enter');
  });
  await expect(card.getByText('Включён Caps Lock')).toBeVisible();
});

test('on a phone and in the dark nothing scrolls sideways', async ({ page, axe }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  const straight = async () => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await axe(page);
  };
  await field(page).fill(`]d2${code(1)}`);
  await expect(result(page).getByText('исправлен, 1 шаг')).toBeVisible();
  await straight();
  await field(page).fill(Array.from({ length: 50 }, (_, index) => code(index)).join('\n'));
  await expect(result(page).getByRole('heading', { name: '50 строк' })).toBeVisible();
  await straight();
  await page.getByRole('button', { name: 'Проверить сканер' }).click();
  await straight();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  // The page asks for its scripts ahead of time, and a browser without scripts blocks that.
  test.beforeEach(({ console: guard }) => guard.allow(/^csp: GET \S+\/pkg\/\S+\.js$/));

  test('the server checks the form', async ({ page }) => {
    await page.goto('/check');
    await field(page).fill(TWO_READINGS);
    await page.getByLabel('Товарная группа').selectOption('beer');
    await page.getByRole('button', { name: 'Проверить', exact: true }).click();
    await expect(page).toHaveURL(/group=beer/);
    await expect(result(page).getByText('код проверки')).toBeVisible();
    await expect(field(page)).toHaveValue(TWO_READINGS);
    await expect(page.getByLabel('Товарная группа')).toHaveValue('beer');
    await expect(page.getByRole('button', { name: 'Проверить сканер' })).toBeHidden();

    await field(page).fill(`${code(1)}\nпривет`);
    await page.getByRole('button', { name: 'Проверить', exact: true }).click();
    await expect(result(page).getByRole('listitem')).toHaveCount(2);
  });
});
