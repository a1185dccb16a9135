// Takes the custom sections out of every wasm file of a folder: who produced it and which features it uses. A browser reads none
// of them, and in each of the twenty files of a first visit they weigh 130 bytes compressed.
//
//   bare-wasm.mjs FOLDER
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sections } from './wasm-file.mjs';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: bare-wasm.mjs FOLDER');
  process.exit(2);
}

/** The magic number and the version. */
const HEAD = 8;
const CUSTOM = 0;

let taken = 0;
for (const name of await readdir(folder)) {
  if (!name.endsWith('.wasm')) continue;
  const file = join(folder, name);
  const bytes = await readFile(file);
  const kept = sections(bytes).filter((section) => section.id !== CUSTOM);
  const bare = Buffer.concat([bytes.subarray(0, HEAD), ...kept.map(({ start, end }) => bytes.subarray(start, end))]);
  if (!WebAssembly.validate(bare)) throw new Error(`${file} is not valid any more`);
  taken += bytes.length - bare.length;
  await writeFile(file, bare);
}
console.log(`== ${taken} bytes of custom sections are taken out`);
