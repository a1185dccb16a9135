// Moves constant data, mostly texts, out of the first wasm file into the lazy ones whose code alone uses it. The splitter
// divides code and leaves all data where it was, so a first visit would download the words of every page there is.
//
//   spread-data.mjs FOLDER LINKED HASHES
//
// FOLDER holds the split modules, LINKED is the module as it was linked, with its symbols and relocations, HASHES the file that
// names the newest assets.
//
// A symbol of constant data stays in the first file when that file's code names any address in it, or when data that stays
// points to it. Every other one goes into each module that uses it; two copies are as good as one, because nobody writes to it.
// What nobody seems to use stays. Names of files follow from their content, so every moved file gets another name.
import { createHash } from 'node:crypto';
import { readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Reader, dataPieces, dataSection, numbers, section, sections, u32 } from './wasm-file.mjs';

/** Pieces of data nearer than this become one: a piece of its own costs about as much. */
const NEAR = 12;
/** The relocation of an unsigned number; the other ones of code are signed. */
const LEB = 3;
/** A hole smaller than this is not worth a piece more. */
const LEAST_HOLE = 24;

const [folder, linkedFile, hashesFile] = process.argv.slice(2);
if (hashesFile === undefined) {
  console.error('usage: node spread-data.mjs FOLDER LINKED HASHES');
  process.exit(2);
}

/** Data symbols with their addresses, and what points where, from the linked module. */
function linked(bytes) {
  const all = sections(bytes);
  const one = (id, name) => {
    const found = all.find((section) => section.id === id && section.name === name);
    if (found === undefined) throw new Error(`${linkedFile} has no section ${name ?? id}`);
    return found;
  };
  const data = one(11);
  const pieces = dataPieces(bytes, data);
  const linking = one(0, 'linking');
  const reader = new Reader(bytes, linking.body, linking.end);
  if (reader.u32() !== 2) throw new Error('a linking section of another version');
  const symbols = [];
  const segments = [];
  while (!reader.done) {
    const kind = reader.byte();
    const end = reader.u32() + reader.at;
    if (kind === 5) {
      for (let n = reader.u32(); n > 0; n--) {
        segments.push(reader.name());
        reader.skip(2);
      }
    } else if (kind === 8) {
      for (let n = reader.u32(); n > 0; n--) symbols.push(symbol(reader));
    }
    reader.at = end;
  }
  for (const one of symbols) {
    if (one === undefined) continue;
    one.address = pieces[one.segment].address + one.offset;
    one.constant = segments[one.segment].startsWith('.rodata');
  }
  const values = new Map();
  const code = one(10);
  relocations(bytes, one(0, 'reloc.CODE'), (type, offset, target, addend) => {
    const known = symbols[target];
    if (known === undefined) return;
    const value = (known.address + addend) >>> 0;
    const written = new Reader(bytes, code.body + offset);
    if ((type === LEB ? written.u32() : written.address()) !== value) throw new Error('code that names another address');
    values.set(value, [...(values.get(value) ?? []), known]);
  });
  const edges = [];
  relocations(bytes, one(0, 'reloc.DATA'), (_, offset, target, addend) => {
    const at = data.body + offset;
    const known = symbols[target];
    if (known !== undefined && bytes.readUInt32LE(at) !== (known.address + addend) >>> 0) {
      throw new Error('data that points to another address');
    }
    const piece = pieces.find((piece) => at >= piece.at && at < piece.at + piece.bytes.length);
    if (piece === undefined) throw new Error('a relocation outside of all data');
    if (symbols[target] !== undefined) edges.push([piece.address + at - piece.at, symbols[target]]);
  });
  return { symbols: symbols.filter((symbol) => symbol !== undefined && symbol.size > 0), values, edges };
}

/** A symbol of data; of all others nothing. https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md */
function symbol(reader) {
  const kind = reader.byte();
  const flags = reader.u32();
  const undefinedHere = (flags & 0x10) !== 0;
  if (kind === 1) {
    reader.name();
    if (undefinedHere) return undefined;
    const [segment, offset, size] = [reader.u32(), reader.u32(), reader.u32()];
    return { segment, offset, size };
  }
  reader.u32();
  if (kind !== 3 && (!undefinedHere || (flags & 0x40) !== 0)) reader.name();
  return undefined;
}

/** Calls `met` with the place, symbol and addend of every relocation that writes an address. */
function relocations(bytes, { body, end }, met) {
  const reader = new Reader(bytes, body, end);
  reader.u32();
  for (let n = reader.u32(); n > 0; n--) {
    const type = reader.byte();
    const [offset, index] = [reader.u32(), reader.u32()];
    const ofMemory = [3, 4, 5, 11, 14, 15, 16, 17, 21, 23].includes(type);
    const addend = ofMemory || [8, 9, 22].includes(type) ? Number(reader.signed()) : 0;
    if (ofMemory) met(type, offset, index, addend);
  }
}

const original = linked(await readFile(linkedFile));
original.symbols.sort((one, other) => one.address - other.address);
const starts = original.symbols.map((symbol) => symbol.address);
const longest = Math.max(...original.symbols.map((symbol) => symbol.size));

/** The place after the last symbol that begins at an address or before. */
function after(address) {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= address) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The symbols that an address lies in, its end included. */
function* around(address) {
  for (let n = after(address) - 1; n >= 0 && starts[n] >= address - longest; n--) {
    const symbol = original.symbols[n];
    if (address <= symbol.address + symbol.size) yield symbol;
  }
}

const pointsTo = new Map();
for (const [address, target] of original.edges) {
  for (const holder of around(address)) {
    if (address < holder.address + holder.size) pointsTo.set(holder, [...(pointsTo.get(holder) ?? []), target]);
  }
}

/** Every symbol that a module's code can reach. */
function reached(bytes) {
  const met = new Set();
  const queue = [];
  const add = (symbol) => {
    if (!met.has(symbol)) {
      met.add(symbol);
      queue.push(symbol);
    }
  };
  for (const number of numbers(bytes)) {
    // What was linked says whose address it is; a number that nobody wrote so was folded, and may be anything near it.
    for (const symbol of original.values.get(number) ?? around(number)) add(symbol);
  }
  for (let symbol = queue.pop(); symbol !== undefined; symbol = queue.pop()) {
    for (const target of pointsTo.get(symbol) ?? []) add(target);
  }
  return met;
}

/** Ranges [from, to), sorted and joined where they touch or nearly do. */
function joined(ranges, near) {
  const sorted = ranges.toSorted((one, other) => one[0] - other[0]);
  const result = [];
  for (const [from, to] of sorted) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1] + near) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

const files = (await readdir(folder)).filter((file) => /\.(wasm|js|json)$/.test(file));
const only = (pattern) => {
  const found = files.filter((file) => pattern.test(file));
  if (found.length !== 1) throw new Error(`${found.length} files in ${folder} are like ${pattern}, one was expected`);
  return found[0];
};
const firstFile = only(/^metka\.[\w-]+\.wasm$/);
const lazyFiles = files.filter((file) => /^(chunk|split)_\w+\.[\w-]+\.wasm$/.test(file));
const contents = new Map();
for (const file of files) contents.set(file, await readFile(join(folder, file)));

const first = contents.get(firstFile);
const stays = reached(first);
// What is written to, or lies across something that stays, stays as well.
const held = joined(
  original.symbols.filter((symbol) => stays.has(symbol) || !symbol.constant).map(({ address, size }) => [address, address + size]),
  0,
);
const free = (symbol) =>
  symbol.constant &&
  !stays.has(symbol) &&
  !held.some(([from, to]) => symbol.address < to && from < symbol.address + symbol.size);
const uses = new Map(lazyFiles.map((file) => [file, [...reached(contents.get(file))].filter(free)]));
const leaves = joined(
  [...new Set([...uses.values()].flat())].map(({ address, size }) => [address, address + size]),
  0,
).filter(([from, to]) => to - from >= LEAST_HOLE);

const firstData = sections(first).find(({ id }) => id === 11);
const firstPieces = dataPieces(first, firstData);
/** What the first module has in a range: not what was linked, because the splitter has given functions other numbers. */
function image(from, to) {
  const result = Buffer.alloc(to - from);
  for (const { address, bytes } of firstPieces) {
    const [start, end] = [Math.max(from, address), Math.min(to, address + bytes.length)];
    if (start < end) bytes.copy(result, start - from, start - address, end - address);
  }
  return result;
}

/** A module with another data section: at the place of the old one, else behind the code. */
function withData(bytes, pieces) {
  const parts = [bytes.subarray(0, 8)];
  for (const { id, start, end } of sections(bytes)) {
    // The number of segments stands before the code as well, where there is code that copies from them.
    if (id === 12) parts.push(section(12, u32(pieces.length)));
    else if (id !== 11) parts.push(bytes.subarray(start, end));
    if (id === 10) parts.push(dataSection(pieces));
  }
  return Buffer.concat(parts);
}

const kept = firstPieces.flatMap(({ address, bytes }) => {
  const end = address + bytes.length;
  const holes = leaves.filter(([from, to]) => from >= address && to <= end);
  const edges = [address, ...holes.flat(), end];
  const parts = [];
  for (let n = 0; n < edges.length; n += 2) {
    const [from, to] = [edges[n], edges[n + 1]];
    if (to > from) parts.push({ address: from, bytes: bytes.subarray(from - address, to - address) });
  }
  return parts;
});
const before = first.length;
contents.set(firstFile, withData(first, kept));
let copied = 0;
for (const file of lazyFiles) {
  const wanted = joined(
    uses.get(file).map(({ address, size }) => [address, address + size]),
    0,
  ).filter(([from, to]) => leaves.some(([start, end]) => from < end && start < to));
  const pieces = joined(wanted, NEAR).map(([from, to]) => ({ address: from, bytes: image(from, to) }));
  if (pieces.length === 0) continue;
  copied += pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);
  contents.set(file, withData(contents.get(file), pieces));
}

// One name follows from what all files are now; each old name is as long as its new one, so it is replaced wherever it stands.
const now = createHash('sha256');
for (const file of [...contents.keys()].sort()) now.update(file).update(contents.get(file));
const digest = now.digest();
const hash = (file) => /\.([\w-]{22})\.(?:wasm|js|json)$/.exec(file)?.[1];
const named = new Map();
for (const file of contents.keys()) {
  const old = hash(file);
  if (old !== undefined && !file.startsWith('worker')) {
    named.set(old, createHash('sha256').update(old).update(digest).digest('base64url').slice(0, old.length));
  }
}
function renamed(bytes) {
  const result = Buffer.from(bytes);
  for (const [old, fresh] of named) {
    for (let at = result.indexOf(old); at >= 0; at = result.indexOf(old, at + old.length)) result.write(fresh, at);
  }
  return result;
}
for (const [file, bytes] of contents) {
  await writeFile(join(folder, file), renamed(bytes));
  const fresh = named.get(hash(file));
  if (fresh !== undefined) await rename(join(folder, file), join(folder, file.replace(hash(file), fresh)));
}
await writeFile(hashesFile, renamed(await readFile(hashesFile)));
const moved = before - contents.get(firstFile).length;
console.log(`== ${moved} bytes of data moved from the first wasm into the lazy ones, ${copied} with copies`);
