// The packing desk on a phone without a scanner: the camera's picture is read by the browser's own reader where there is
// one, else by one that is loaded only then.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { codesOf, createCabinet, createOrder } from '../support/sandbox';
import { connect, openOrder, signUp } from '../support/seller';
import { expect, test } from '../support/test';

const wasm = fileURLToPath(new URL('../node_modules/zxing-wasm/dist/writer/zxing_writer.wasm', import.meta.url));

/** A DataMatrix with this text, as a picture's address. */
async function symbol(text: string): Promise<string> {
  await prepareZXingModule({ overrides: { wasmBinary: (await readFile(wasm)).buffer as ArrayBuffer }, fireImmediately: true });
  const { image, error } = await writeBarcode(text, { format: 'DataMatrix', scale: 6 });
  if (image === null) throw new Error(error);
  return `data:image/png;base64,${Buffer.from(await image.arrayBuffer()).toString('base64')}`;
}

/** The camera sees this picture. */
async function see(page: Page, picture: string): Promise<void> {
  await page.addInitScript((source) => {
    navigator.mediaDevices.getUserMedia = async () => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = 640;
      canvas.height = 480;
      const context = canvas.getContext('2d')!;
      setInterval(() => {
        context.fillStyle = 'white';
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.drawImage(image, 120, 60);
      }, 50);
      return canvas.captureStream(20);
    };
  }, picture);
}

/** Somebody at the packing desk with an order of one unit open; its number and its code, and what is loaded of the decoder. */
async function atWork(page: Page, prepare: (code: string) => Promise<void>) {
  const decoder: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/packing-decoder/')) decoder.push(request.url());
  });
  const cabinet = await createCabinet('Лавка');
  const order = await createOrder(cabinet.campaign, [{ offerName: 'Туфли', count: 1, requiredInstanceTypes: ['CIS'] }]);
  await signUp(page, 'ru');
  await connect(page, cabinet, 'ru');
  await openOrder(page, order);
  const [code] = (await codesOf(order)) as [string];
  expect(code).toContain('\u001d');
  await prepare(code);
  await expect.poll(async () => (await page.request.post('/api/packing/list', { form: {} })).text()).toContain('"gtins":["');
  await page.goto('/packing');
  await expect(page.locator('.pk-word')).toHaveText('Сканируйте');
  await page.keyboard.type(String(order), { delay: 150 });
  await page.keyboard.press('Enter');
  await expect(page.locator('.pk-progress')).toHaveText('0 из 1');
  return { decoder };
}

test('without a reader of its own the browser loads ours, and only for the camera', async ({ page }) => {
  const { decoder } = await atWork(page, async (code) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'BarcodeDetector'));
    await see(page, await symbol(code));
  });
  expect(decoder).toEqual([]);
  await page.getByRole('button', { name: 'Камера', exact: true }).click();
  await expect(page.locator('.pk-progress')).toHaveText('1 из 1');
  expect(decoder.some((url) => url.endsWith('.wasm'))).toBe(true);
});

test("the browser's own reader needs nothing of ours", async ({ page }) => {
  const { decoder } = await atWork(page, async (code) => {
    await page.addInitScript((text) => {
      class Detector {
        static getSupportedFormats = async () => ['data_matrix'];
        detect = async () => [{ rawValue: text }];
      }
      Object.assign(window, { BarcodeDetector: Detector });
    }, code);
    await see(page, await symbol(code));
  });
  await page.getByRole('button', { name: 'Камера', exact: true }).click();
  await expect(page.locator('.pk-progress')).toHaveText('1 из 1');
  expect(decoder).toEqual([]);
});
