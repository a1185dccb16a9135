// table.mjs MEASUREMENTS: the best of every measurement, the engine beside its peers.
import { readFileSync } from 'node:fs'

const best = new Map()
const notices = new Map()
const inexact = new Map()
for (const line of readFileSync(process.argv[2], 'utf8').trim().split('\n')) {
  const { who, what, rate, exact, notices: noticed, of } = JSON.parse(line)
  if (rate !== undefined) best.set(`${who}|${what}`, Math.max(rate, best.get(`${who}|${what}`) ?? 0))
  if (noticed !== undefined) notices.set(who, [noticed, of])
  if (exact !== undefined) inexact.set(what, `${exact} of ${of}`)
}
const rate = (who, what) => best.get(`${who}|${what}`) ?? Number.NaN
const figure = (value) => (Number.isNaN(value) ? '–' : value >= 1e5 ? `${(value / 1e6).toFixed(2)} M` : `${(value / 1e3).toFixed(1)} k`)

function table(head, rows) {
  const cells = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)))
  for (const row of cells) {
    console.log(`  ${row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join('  ')}`.trimEnd())
  }
}

const who = [...new Set([...best.keys()].map((key) => key.split('|')[0]))]
const wasm = 'cis, wasm in Chromium'
const peers = who.filter((name) => name !== 'cis' && name !== wasm)
const whats = [...new Set([...best.keys()].filter((key) => key.startsWith('cis|')).map((key) => key.slice(4)))]
const shapes = whats.filter((what) => what.startsWith('check ')).map((what) => what.slice(6))
const noticed = (name) => (notices.has(name) ? notices.get(name).join(' of ') : '–')

console.log('Canonical codes, one thread, per second (the best 20 ms, as machines are shared); and how many of the malformed texts each notices:')
table(
  ['', ...shapes, 'notices'],
  [
    ['cis::check', ...shapes.map((shape) => figure(rate('cis', `check ${shape}`))), noticed('cis')],
    ['cis::parse', ...shapes.map((shape) => figure(rate('cis', `parse ${shape}`))), noticed('cis')],
    ...peers.map((name) => [name, ...shapes.map((shape) => figure(rate(name, shape))), noticed(name)])
  ]
)

// A pattern only says yes or no: it is a filter before a parser, not one itself.
const isFilter = (name) => name.includes('pattern')
const fastest = (names, shape) => names.reduce((one, other) => (rate(one, shape) > rate(other, shape) ? one : other))
const validating = peers.filter((name) => !isFilter(name) && notices.get(name)?.[0] > 0)
for (const shape of shapes) {
  const times = (name) => `${(rate('cis', `check ${shape}`) / rate(name, shape)).toFixed(1)} times ${name}`
  const parser = times(fastest(validating, shape))
  const filter = times(fastest(peers.filter(isFilter), shape))
  console.log(`  ${shape}: cis::check is ${parser}, the fastest parser that notices anything, and ${filter}, a mere filter`)
}

console.log('\nNative beside WebAssembly in Chromium, per second:')
table(
  ['', 'native', 'wasm', 'wasm / native', 'exact'],
  whats.map((what) => {
    const [native, browser] = [rate('cis', what), rate(wasm, what)]
    const share = Number.isNaN(browser) ? '–' : `${Math.round((100 * browser) / native)} %`
    return [what, figure(native), figure(browser), share, inexact.get(what) ?? 'all']
  })
)
