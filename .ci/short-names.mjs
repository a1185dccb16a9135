// Gives short names to the functions that the wasm imports from its script. wasm-bindgen's own carry a hash of 16 digits
// each, which no compressor can shorten and which are downloaded twice, in the wasm and in the script: 6 kB of a first visit.
//
// The new names follow from the set of old ones alone, so files that are named by the hash of what they were before this
// step still differ in name whenever they differ in content.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const IMPORT_SECTION = 2;
/** Names that wasm-bindgen made; all others stay. */
const MADE = /^__wb\w+$/;

const folder = process.argv[2];
if (folder === undefined) {
  console.error('usage: node short-names.mjs FOLDER');
  process.exit(2);
}

/** A reader of the binary format: https://webassembly.github.io/spec/core/binary/ */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new Error('the wasm ends too early');
    return byte;
  }

  u32() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  limits() {
    const flags = this.u32();
    this.u32();
    if (flags & 1) this.u32();
  }

  /** What is imported: a function, a table, a memory, a global or a tag. */
  description() {
    const from = this.at;
    const kind = this.byte();
    if (kind === 0) this.u32();
    else if (kind === 1) this.byte(), this.limits();
    else if (kind === 2) this.limits();
    else if (kind === 3) this.byte(), this.byte();
    else if (kind === 4) this.byte(), this.u32();
    else throw new Error(`an import of kind ${kind}, which is not known`);
    return this.bytes.subarray(from, this.at);
  }
}

function u32(value) {
  const bytes = [];
  do {
    bytes.push((value % 128) | (value > 127 ? 128 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(bytes);
}

const text = (string) => Buffer.concat([u32(Buffer.byteLength(string)), Buffer.from(string)]);

/** The imports of a module, and where their section begins and ends. */
function imports(bytes) {
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const start = reader.at;
    const id = reader.byte();
    const end = reader.u32() + reader.at;
    if (id === IMPORT_SECTION) {
      const list = Array.from({ length: reader.u32() }, () => ({
        module: reader.take(reader.u32()).toString(),
        name: reader.take(reader.u32()).toString(),
        description: reader.description(),
      }));
      if (reader.at !== end) throw new Error('the imports end elsewhere than their section');
      return { list, start, end };
    }
    reader.at = end;
  }
  throw new Error('the wasm imports nothing');
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
const section = Buffer.concat([Buffer.from([IMPORT_SECTION]), u32(body.length), body]);
await writeFile(wasmFile, Buffer.concat([wasm.subarray(0, start), section, wasm.subarray(end)]));
await writeFile(scriptFile, script);
console.log(`== ${made.length} imports of the wasm have short names`);
