// What a printer would print, and what a scanner reads of it.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const run = promisify(execFile);
const wasm = fileURLToPath(new URL('../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm', import.meta.url));

/** The pages of a PDF as PNG, at the printer's own fineness (poppler). */
export async function pictures(pdf: Buffer, dpi = 300): Promise<Buffer[]> {
  const folder = await mkdtemp(join(tmpdir(), 'metka-labels-'));
  try {
    await writeFile(join(folder, 'labels.pdf'), pdf);
    await run('pdftoppm', ['-r', String(dpi), '-png', 'labels.pdf', 'page'], { cwd: folder });
    const names = (await readdir(folder)).filter((name) => name.endsWith('.png')).sort();
    return await Promise.all(names.map((name) => readFile(join(folder, name))));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface Read {
  /** The text without its first FNC1, separators as U+001D. */
  text: string;
  /** As a scanner announces it: `]d2` is a DataMatrix that begins with FNC1. */
  symbology: string;
}

/** Every DataMatrix of a picture, read by zxing-cpp. */
export async function read(picture: Buffer): Promise<Read[]> {
  await prepareZXingModule({ overrides: { wasmBinary: (await readFile(wasm)).buffer as ArrayBuffer }, fireImmediately: true });
  const found = await readBarcodes(new Uint8Array(picture), {
    formats: ['DataMatrix'],
    maxNumberOfSymbols: 0,
    textMode: 'Plain',
  });
  return found.map(({ text, symbologyIdentifier }) => ({ text, symbology: symbologyIdentifier }));
}
