// Puts a .br and a .gz beside every text-like file of a folder, so that the server sends the best compression there is
// without computing it. Up-to-date ones are left alone, ones without their file are removed.
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSIBLE = new Set(['.css', '.html', '.js', '.json', '.mjs', '.svg', '.txt', '.wasm', '.webmanifest']);
/** Bytes. A smaller file fits the first packets anyway. */
const WORTH_IT = 1024;

const encodings = {
  '.br': (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  '.gz': (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

const folder = process.argv[2];
if (folder === undefined) {
  console.error('usage: node compress.mjs FOLDER');
  process.exit(2);
}

const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = new Map();
for (const entry of entries.filter((entry) => entry.isFile())) {
  // Node 20 before 20.12 knows the folder of an entry as `path` only.
  const path = join(entry.parentPath ?? entry.path, entry.name);
  files.set(path, await stat(path));
}

const deserves = (path) => COMPRESSIBLE.has(extname(path)) && files.get(path)?.size > WORTH_IT;

async function compress(path, suffix) {
  const made = files.get(path + suffix);
  if (made !== undefined && made.mtimeMs >= files.get(path).mtimeMs) return;
  await writeFile(path + suffix, await encodings[suffix](await readFile(path)));
}

const suffixes = Object.keys(encodings);
const sources = [...files.keys()].filter(deserves);
const stale = [...files.keys()].filter(
  (path) => suffixes.includes(extname(path)) && !deserves(path.slice(0, -extname(path).length)),
);
await Promise.all([
  ...sources.flatMap((path) => suffixes.map((suffix) => compress(path, suffix))),
  ...stale.map((path) => rm(path)),
]);
console.log(`== ${sources.length} files of ${folder} are compressed (.br, .gz)`);
