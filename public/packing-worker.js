// The service worker of the packing desk and of nothing else: without a network, a reload finds the page as it was.
// It keeps no data: scans lie in the page's own database, and no answer of the server is ever kept here.

const FILES = 'metka-packing-files';
const SHELL = '/packing';
/** Files of the page that have no hash in their names. */
const PLAIN = ['/packing.js', '/packing.css', '/packing-camera.js', '/favicon.svg'];

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) return;
  if (event.request.mode === 'navigate') {
    if (url.pathname === SHELL) event.respondWith(networkFirst(SHELL, event.request));
  } else if (url.pathname.startsWith('/pkg/')) {
    event.respondWith(keptFirst(event.request));
  } else if (PLAIN.includes(url.pathname)) {
    event.respondWith(networkFirst(url.pathname, event.request));
  } else if (url.pathname.startsWith('/packing-decoder/')) {
    event.respondWith(networkFirst(url.pathname, event.request, true));
  }
});

self.addEventListener('message', (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keep(event.data.keep, event.data.script));
});

/** The network's answer, kept if `keeps` says so; what was kept only when there is none. */
async function networkFirst(key, request, keeps = false) {
  const cache = await caches.open(FILES);
  try {
    const answer = await fetch(request);
    if (keeps && answer.ok) await cache.put(key, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(key);
    if (kept === undefined) throw error;
    return kept;
  }
}

/** Files with a hash in their names never change. */
async function keptFirst(request) {
  const kept = await (await caches.open(FILES)).match(request.url);
  return kept ?? fetch(request);
}

/**
 * Keeps the page and the files that it was made of. The page is kept only if it is of the same build as the files: after
 * a deploy in between, the page that is kept still fits the files that are kept. Files of other builds go last.
 */
async function keep(files, script) {
  const cache = await caches.open(FILES);
  const page = await fetch(SHELL, { cache: 'no-store' });
  const text = await page.clone().text();
  if (!page.ok || page.redirected || script === null || !text.includes(script)) return;
  for (const file of files) {
    if ((await cache.match(file)) === undefined) await cache.add(file);
  }
  await Promise.all(PLAIN.map((file) => cache.add(new Request(file, { cache: 'no-cache' }))));
  await cache.put(SHELL, page);
  const wanted = new Set(files);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/pkg/') && !wanted.has(pathname)) await cache.delete(request);
  }
}
