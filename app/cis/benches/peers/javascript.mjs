// javascript.mjs INPUTS: times the JavaScript peers on the same codes as the engine, one JSON line a measurement.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'

const require = createRequire(import.meta.url)
const bark = require('bark-js')
const { parseBarcode } = require('gs1-barcode-parser-mod')
const { GS1Reader } = require('gs1js')

const { shapes, malformed } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
// As in main.rs: the shortest piece of work, and how long pieces are repeated.
const [piece, whole] = [20, 600]

// The pattern that Yandex Market publishes for whole codes; its look-ahead for the length is left out.
const market = /^\x1D?(\(?01\)?[0-9]{14}\(?21\)?([!-~]{6,8}|[!-~]{13}|[!-~]{20})(\x1D\(?240\)?.{1,30})?\x1D\(?9[1,3]\)?.+)$/

const peers = {
  'bark-js': (code) => bark(code).elements.length,
  'gs1-barcode-parser-mod': (code) => parseBarcode(code).parsedCodeItems.length,
  gs1js: (code) => new GS1Reader(code).getApplicationIdentifiers().length,
  "Market's pattern, V8": (code) => market.test(code)
}

function reads(read, code) {
  try {
    return Boolean(read(code))
  } catch {
    return false
  }
}

function rate(read, codes) {
  const begun = performance.now()
  let [rounds, best, count] = [1, 0, 0]
  while (performance.now() - begun < whole) {
    const started = performance.now()
    for (let round = 0; round < rounds; round++) for (const code of codes) count += reads(read, code)
    const taken = performance.now() - started
    if (taken < piece) rounds *= 2
    else best = Math.max(best, (rounds * codes.length * 1000) / taken)
  }
  // The count is used, so nothing can be left out.
  return count < 0 ? 0 : best
}

for (const [who, read] of Object.entries(peers)) {
  for (const { name, codes } of shapes) {
    console.log(JSON.stringify({ who, what: name, rate: rate(read, codes) }))
  }
  const notices = malformed.filter((text) => !reads(read, text)).length
  console.log(JSON.stringify({ who, notices, of: malformed.length }))
}
