// What the packing desk needs of the browser. It is a script of its own, loaded by that page alone, because every call
// that the wasm imports would be paid for by the first visit of all other pages.
//
// Everything passes as text, and what takes time ends in a callback: `done(value)`, with `null` for «it did not work».

const DATABASE = 'metka-packing';
const OWNER = 'metka-packing-owner';
const PRINTS = 'metka-packing-prints';
const VOLUME = 'metka-packing-volume';

/* ---- scans, kept until the server has them ---- */

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      // The key grows, so that scans come back in the order in which they were heard.
      const scans = request.result.createObjectStore('scans', { keyPath: 'seq', autoIncrement: true });
      scans.createIndex('id', 'id', { unique: true });
      request.result.createObjectStore('lists', { keyPath: 'owner' });
    };
    request.onsuccess = () => {
      // Another tab of a newer page wants to change the shape: this one opens anew when it needs to.
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

/** Runs `work` in a transaction that is durable when it ends: on the disk, not only handed to the system. */
async function durably(stores, work) {
  const transaction = (await database()).transaction(stores, 'readwrite', { durability: 'strict' });
  const ended = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  work(transaction);
  await ended;
}

const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const tell = (promise, done) => promise.then(done, (error) => (console.warn('packing:', error), done(null)));

async function load(owner) {
  const transaction = (await database()).transaction(['scans', 'lists']);
  const [scans, list] = await Promise.all([
    answer(transaction.objectStore('scans').getAll()),
    answer(transaction.objectStore('lists').get(owner)),
  ]);
  const own = scans.filter((scan) => scan.owner === owner);
  const others = scans.length - own.length;
  return JSON.stringify({ list: list?.list ?? null, scans: own.map((scan) => scan.scan), others });
}

const keep = (owner, id, scan) => durably(['scans'], (transaction) => transaction.objectStore('scans').add({ owner, id, scan }));

/** Removes scans that the server has, and keeps what it said in the same breath: a reload finds one or the other. */
const settle = (owner, ids, list) =>
  durably(['scans', 'lists'], (transaction) => {
    const scans = transaction.objectStore('scans');
    for (const id of ids) {
      const found = scans.index('id').getKey(id);
      found.onsuccess = () => found.result !== undefined && scans.delete(found.result);
    }
    transaction.objectStore('lists').put({ owner, list });
  });

/* ---- the page without a network ---- */

/** Whoever packed here last. */
function owner(set) {
  try {
    if (set !== undefined) localStorage.setItem(OWNER, set);
    return localStorage.getItem(OWNER) ?? '';
  } catch {
    return '';
  }
}

/** Asks the service worker to keep what this page was made of, so that a reload finds it. */
async function shell() {
  if (!('serviceWorker' in navigator)) return false;
  await navigator.serviceWorker.register('/packing-worker.js', { scope: '/packing' });
  const registration = await navigator.serviceWorker.getRegistration('/packing');
  const worker = registration?.active ?? (await activated(registration));
  const files = performance.getEntriesByType('resource').map((entry) => new URL(entry.name));
  const own = files.filter((url) => url.origin === location.origin && url.pathname.startsWith('/pkg/'));
  worker.postMessage({ keep: [...new Set(own.map((url) => url.pathname))], script: script() });
  return true;
}

const activated = (registration) =>
  new Promise((resolve) => {
    const worker = registration.installing ?? registration.waiting;
    const look = () => worker.state === 'activated' && resolve(worker);
    worker.addEventListener('statechange', look);
    look();
  });

/** The script of a page, whose name tells one build from another. */
const NAME = /\/pkg\/metka\.[\w-]+\.js/;
const script = () => NAME.exec(document.documentElement.innerHTML)?.[0] ?? null;

/** Whether the server has a newer page than this one. */
async function outdated() {
  const page = await fetch('/packing', { cache: 'no-store' });
  const theirs = page.ok && !page.redirected ? NAME.exec(await page.text())?.[0] : undefined;
  return theirs !== undefined && script() !== null && theirs !== script();
}

/** Whether the server is there at all: one that answers something else oddly is not the network's fault. */
async function reach() {
  const answer = await fetch('/favicon.svg', { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
  return answer?.ok === true;
}

/* ---- sounds ---- */

/** Tones in Hz with their lengths in seconds: up for right, down and rough for wrong, three steps for a whole order. */
const SOUNDS = {
  good: [['sine', 880, 0.09]],
  done: [['sine', 660, 0.09], ['sine', 880, 0.09], ['sine', 1320, 0.18]],
  bad: [['square', 220, 0.16], ['square', 165, 0.26]],
};

let audio;

/** A browser lets a page sound only after a gesture; a scan is one. */
function unlock() {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') audio.resume();
}

function sound(name) {
  const level = volume();
  if (level === 0 || audio === undefined) return;
  let at = audio.currentTime;
  for (const [type, frequency, length] of SOUNDS[name]) {
    const tone = new OscillatorNode(audio, { type, frequency });
    const gain = new GainNode(audio, { gain: 0 });
    gain.gain.setTargetAtTime((type === 'square' ? 0.25 : 0.6) * (level / 100), at, 0.005);
    gain.gain.setTargetAtTime(0, at + length - 0.03, 0.01);
    tone.connect(gain).connect(audio.destination);
    tone.start(at);
    tone.stop(at + length + 0.05);
    at += length;
  }
}

function volume(percent) {
  try {
    if (percent !== undefined) localStorage.setItem(VOLUME, String(percent));
    return Number(localStorage.getItem(VOLUME) ?? 60);
  } catch {
    // A browser that keeps nothing sounds as loud as it does at first.
    return percent ?? 60;
  }
}

/* ---- labels ---- */

function printsItself(set) {
  try {
    if (set !== undefined) localStorage.setItem(PRINTS, set ? 'yes' : 'no');
    return localStorage.getItem(PRINTS) === 'yes';
  } catch {
    // A browser that keeps nothing is asked each time the page is loaded.
    return set === true;
  }
}

/** Prints a PDF of our own without leaving the page. */
async function print(address) {
  const response = await fetch(address);
  if (!response.ok) return false;
  // The frame must live while its dialogue is open, whose end is not told: the next label takes the place of the last.
  document.querySelectorAll('.pk-print').forEach((last) => (last.remove(), URL.revokeObjectURL(last.src)));
  const frame = document.createElement('iframe');
  frame.className = 'pk-print';
  const url = URL.createObjectURL(await response.blob());
  frame.src = url;
  document.body.append(frame);
  await new Promise((resolve) => (frame.onload = resolve));
  frame.contentWindow.print();
  // Scans must fall into the page, never into the frame, which hears nothing.
  const back = () => document.activeElement === frame && frame.blur();
  back();
  window.addEventListener('blur', () => setTimeout(back), { signal: AbortSignal.timeout(60_000) });
  window.addEventListener('focus', back, { once: true });
  return true;
}

/* ---- ids ---- */

/** A version 7 UUID. `crypto.randomUUID` is missing where the page is not served over TLS. */
function id() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  for (let at = 0; at < 6; at++) bytes[at] = Math.floor(now / 256 ** (5 - at)) % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/* ---- the camera ---- */

let watching;
// Counts what was asked of the camera: whoever turns it off while it is still being opened means that one too.
let asked = 0;

/** Shows the camera in the element and tells what it reads; ends with why not, or with nothing when it watches. */
async function camera(element, heard) {
  if (!window.isSecureContext) return 'insecure';
  if (!navigator.mediaDevices?.getUserMedia) return 'none';
  const mine = ++asked;
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } },
    });
  } catch (error) {
    return error.name === 'NotAllowedError' ? 'denied' : 'none';
  }
  const video = document.getElementById(element);
  if (video === null) {
    stopped(stream);
    return 'none';
  }
  video.srcObject = stream;
  await video.play();
  const { reader } = await import('/packing-camera.js');
  const read = await reader();
  if (mine !== asked) {
    stopped(stream);
    return '';
  }
  watching = { stream, go: true };
  watch(video, read, heard, watching);
  return '';
}

/** One code at a time: the same one is told again only after it was out of sight. */
async function watch(video, read, heard, mine) {
  let last = '';
  let gone = 0;
  while (mine.go) {
    const text = video.readyState >= 2 ? await read(video).catch(() => '') : '';
    if (text === '') gone += 1;
    if (gone > 5) last = '';
    if (text !== '') gone = 0;
    if (text !== '' && text !== last) {
      last = text;
      heard(text);
    }
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
}

const stopped = (stream) => stream.getTracks().forEach((track) => track.stop());

function cameraOff() {
  asked += 1;
  if (watching === undefined) return;
  watching.go = false;
  stopped(watching.stream);
  watching = undefined;
}

addEventListener('keydown', unlock);
addEventListener('pointerdown', unlock);

window.metkaPacking = {
  load: (owner, done) => tell(load(owner), done),
  keep: (owner, scanId, scan, done) => tell(keep(owner, scanId, scan).then(() => true), done),
  settle: (owner, ids, list, done) => tell(settle(owner, JSON.parse(ids), list).then(() => true), done),
  shell: (done) => tell(shell(), done),
  outdated: (done) => tell(outdated(), done),
  reach: (done) => tell(reach(), done),
  printsItself,
  owner,
  print: (address, done) => tell(print(address), done),
  camera: (element, heard, done) => tell(camera(element, heard), done),
  cameraOff,
  sound,
  volume,
  id,
};
dispatchEvent(new Event('metka-packing'));
