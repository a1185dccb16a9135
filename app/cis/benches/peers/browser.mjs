// browser.mjs FOLDER: times the engine in WebAssembly in Chromium; FOLDER holds what wasm-bindgen --target web made.
import { createRequire } from 'node:module'
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

// Playwright is installed once, with the browser tests.
const require = createRequire(new URL('../../../../end2end/package.json', import.meta.url))
const { chromium } = require('@playwright/test')

const folder = process.argv[2]
const kinds = { '/peers.js': 'text/javascript', '/peers_bg.wasm': 'application/wasm' }
const server = createServer(async (request, response) => {
  const kind = kinds[request.url]
  response.setHeader('content-type', kind ?? 'text/html')
  response.end(kind ? await readFile(join(folder, request.url)) : '<!doctype html><title>bench</title>')
})
await new Promise((listening) => server.listen(0, '127.0.0.1', listening))

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined, args: ['--no-sandbox'] })
try {
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${server.address().port}/`)
  const results = await page.evaluate(async () => {
    const { default: init, Bench } = await import('/peers.js')
    await init()
    const bench = new Bench()
    // As in main.rs: the shortest piece of work, and how long pieces are repeated.
    const [piece, whole] = [20, 600]
    const rate = (index) => {
      const begun = performance.now()
      let [rounds, best] = [1, 0]
      while (performance.now() - begun < whole) {
        const started = performance.now()
        bench.run(index, rounds)
        const taken = performance.now() - started
        if (taken < piece) rounds *= 2
        else best = Math.max(best, (rounds * bench.texts(index) * 1000) / taken)
      }
      return best
    }
    const results = []
    for (let index = 0; bench.name(index) !== undefined; index++) {
      results.push({ who: 'cis, wasm in Chromium', what: bench.name(index), rate: rate(index) })
    }
    return results
  })
  for (const result of results) console.log(JSON.stringify(result))
} finally {
  await browser.close()
  server.close()
}
