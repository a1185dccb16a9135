// Gives short names to the functions that the wasm imports from its script. wasm-bindgen's own carry a hash of 16 digits
// each, which no compressor can shorten and which are downloaded twice, in the wasm and in the script: 6 kB of a first visit.
//
// The new names follow from the set of old ones alone, so files that are named by the hash of what they were before this
// step still differ in name whenever they differ in content.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Reader, section, sections, u32 } from './wasm-file.mjs';

const IMPORT_SECTION = 2;
/** Names that wasm-bindgen made; all others stay. */
const MADE = /^__wb\w+$/;

const folder = process.argv[2];
if (folder === undefined) {
  console.error('usage: node short-names.mjs FOLDER');
  process.exit(2);
}

const limits = (reader) => {
  const flags = reader.u32();
  reader.u32();
  if (flags & 1) reader.u32();
};

/** What is imported: a function, a table, a memory, a global or a tag. */
function description(reader) {
  const from = reader.at;
  const kind = reader.byte();
  if (kind === 0) reader.u32();
  else if (kind === 1) reader.byte(), limits(reader);
  else if (kind === 2) limits(reader);
  else if (kind === 3) reader.byte(), reader.byte();
  else if (kind === 4) reader.byte(), reader.u32();
  else throw new Error(`an import of kind ${kind}, which is not known`);
  return reader.bytes.subarray(from, reader.at);
}

const text = (string) => Buffer.concat([u32(Buffer.byteLength(string)), Buffer.from(string)]);

/** The imports of a module, and where their section begins and ends. */
function imports(bytes) {
  const found = sections(bytes).find(({ id }) => id === IMPORT_SECTION);
  if (found === undefined) throw new Error('the wasm imports nothing');
  const reader = new Reader(bytes, found.body, found.end);
  const list = Array.from({ length: reader.u32() }, () => ({
    module: reader.name(),
    name: reader.name(),
    description: description(reader),
  }));
  if (!reader.done) throw new Error('the imports end elsewhere than their section');
  return { list, start: found.start, end: found.end };
}

const files = await readdir(folder);
const only = (pattern) => {
  const found = files.filter((file) => pattern.test(file));
  if (found.length !== 1) throw new Error(`${found.length} files in ${folder} are like ${pattern}, one was expected`);
  return join(folder, found[0]);
};
const wasmFile = only(/^metka\.[\w-]+\.wasm$/);
const scriptFile = only(/^metka\.[\w-]+\.js$/);

const wasm = await readFile(wasmFile);
const { list, start, end } = imports(wasm);
const made = [...new Set(list.map(({ name }) => name))].filter((name) => MADE.test(name)).sort();
const short = new Map(made.map((name, index) => [name, `_${index.toString(36)}`]));

const met = new Map();
const script = (await readFile(scriptFile, 'utf8')).replaceAll(/\b__wb\w+/g, (name) => {
  if (!short.has(name)) return name;
  met.set(name, (met.get(name) ?? 0) + 1);
  return short.get(name);
});
const strange = made.filter((name) => met.get(name) !== 1);
if (strange.length > 0) throw new Error(`the script does not have each of these names once: ${strange.join(', ')}`);

const body = Buffer.concat([
  u32(list.length),
  ...list.flatMap(({ module, name, description }) => [text(module), text(short.get(name) ?? name), description]),
]);
await writeFile(wasmFile, Buffer.concat([wasm.subarray(0, start), section(IMPORT_SECTION, body), wasm.subarray(end)]));
await writeFile(scriptFile, script);
console.log(`== ${made.length} imports of the wasm have short names`);
