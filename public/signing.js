// A person's own signature: the CryptoPro browser plug-in, spoken to through its extension. It is a script of its own, loaded
// by the pages that sign, because what the wasm imports would be paid for by the first visit of all other pages.
//
// `metkaSigning.certificates(done)` and `metkaSigning.sign(thumbprint, base64, attached, done)` end in `done(text)`, where the
// text is JSON: {"ok": …}, or {"failure": "…", "said": "…"} with what the plug-in or the browser said. The failures:
//   extension_missing  the browser has no extension of CryptoPro, or it is switched off
//   plugin_missing     the extension is there, the program on the computer is not
//   no_certificate     no certificate with a key, or this one is gone
//   refused            the person pressed «Нет» or closed the question about the key
//   other              everything else
//
// The calls of the plug-in: https://docs.cryptopro.ru/cades/plugin, «CAdESCOM».

/** The names of the extension: Chrome and Edge (Manifest 3, then 2), Opera and Yandex Browser. */
const EXTENSIONS = ['pfhgbfnnjiafkhfdkmpiflachepdcjod', 'iifchhfnnmpdbibifmljnfjhpififfog', 'epebfcehmdedogndhlcacafjaacknbcm'];

/** How long the extension and the program behind it may keep silent, milliseconds. */
const PATIENCE = 10_000;

const CURRENT_USER_STORE = 2;
const MY_STORE = 'My';
const MAXIMUM_ALLOWED = 2;
const FIND_BY_SHA1 = 0;
const INCLUDE_END_CERTIFICATE = 2;
const BASE64_TO_BINARY = 1;
const CADES_BES = 1;

class Failure extends Error {
  constructor(kind, said) {
    super(said);
    this.kind = kind;
  }
}

/** Codes of Windows and of CryptoPro by which a person's «no» is told: SCARD_W_CANCELLED_BY_USER, ERROR_CANCELLED, NTE_USER_CANCELLED. */
const CANCELLED = /0x8010006E|0x000004C7|0x800704C7|0x80090036/i;
/** CRYPT_E_NOT_FOUND, NTE_BAD_KEYSET, SCARD_E_NO_KEY_CONTAINER and their like: the key is not in this computer now. */
const NO_KEY = /0x80092004|0x80090016|0x80100030|0x8009000D/i;

const words = (error) => (typeof error === 'string' ? error : (error?.message ?? String(error)));

function failure(error) {
  if (error instanceof Failure) return error;
  const said = window.cadesplugin?.getLastError?.(error) ?? words(error);
  if (CANCELLED.test(said)) return new Failure('refused', said);
  if (NO_KEY.test(said)) return new Failure('no_certificate', said);
  return new Failure('other', said);
}

/* ---- reaching the plug-in ---- */

function load(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = resolve;
    script.onerror = () => {
      script.remove();
      reject(new Failure('extension_missing', url));
    };
    document.head.append(script);
  });
}

/** Waits for the extension's answer to our call into the page. In Firefox, where its name differs from computer to computer, the answer tells where its script is. */
function echo() {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      window.removeEventListener('message', hear);
      reject(new Failure('extension_missing', 'cadesplugin_echo_request'));
    }, PATIENCE);
    function hear(event) {
      if (event.source !== window || typeof event.data !== 'string' || !event.data.startsWith('cadesplugin_loaded')) return;
      clearTimeout(late);
      window.removeEventListener('message', hear);
      const at = event.data.indexOf('url:');
      resolve(at < 0 ? undefined : event.data.slice(at + 4));
    }
    window.addEventListener('message', hear);
    window.postMessage('cadesplugin_echo_request', '*');
  });
}

async function extension() {
  if (navigator.userAgent.includes('Firefox')) {
    const url = await echo();
    if (url === undefined) throw new Failure('extension_missing', 'cadesplugin_loaded');
    return load(url);
  }
  let missing;
  for (const name of EXTENSIONS) {
    try {
      await load(`chrome-extension://${name}/nmcades_plugin_api.js`);
      await echo();
      return;
    } catch (error) {
      missing = error;
    }
  }
  throw missing;
}

/** What the extension's script expects of the page: an object of this name that takes the plug-in and runs generators. */
function makeHost() {
  let plugin;
  window.cadesplugin = {
    set: (object) => (plugin = object),
    CreateObjectAsync: (name) => plugin.CreateObjectAsync(name),
    getLastError: (error) => plugin?.getLastError?.() || words(error),
    LOG_LEVEL_DEBUG: 4,
    LOG_LEVEL_INFO: 2,
    LOG_LEVEL_ERROR: 1,
    current_log_level: 1,
    async async_spawn(generate, ...values) {
      const steps = generate(values);
      let step = steps.next();
      while (!step.done) {
        let value;
        try {
          value = await step.value;
        } catch (error) {
          step = steps.throw(error);
          continue;
        }
        step = steps.next(value);
      }
      return step.value;
    },
  };
}

async function connect() {
  makeHost();
  await extension();
  const answered = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Failure('plugin_missing', 'check_chrome_plugin')), PATIENCE);
    window.cpcsp_chrome_nmcades.check_chrome_plugin(
      () => (clearTimeout(late), resolve()),
      (error) => (clearTimeout(late), reject(new Failure('plugin_missing', words(error)))),
    );
  });
  await answered;
}

let connected;

/** Waits for the plug-in: one that the page has already (an extension that stands in for it), else CryptoPro's. */
async function plugin() {
  if (typeof window.cadesplugin?.CreateObjectAsync === 'function' && connected === undefined) return void (await window.cadesplugin);
  // A person may install what is missing and press again: only a success is kept.
  connected ??= connect();
  connected.catch(() => {
    connected = undefined;
    delete window.cadesplugin;
  });
  await connected;
}

/** A new object of the plug-in. It is never awaited itself: CryptoPro's `cadesplugin` is a promise of nothing. */
const create = (name) => window.cadesplugin.CreateObjectAsync(name);

async function withStore(work) {
  await plugin();
  const store = await create('CAdESCOM.Store');
  await store.Open(CURRENT_USER_STORE, MY_STORE, MAXIMUM_ALLOWED);
  try {
    return await work(await store.Certificates);
  } finally {
    await store.Close();
  }
}

/* ---- certificates ---- */

/** A value of a distinguished name as CryptoPro prints it: `CN="ООО ""Ромашка""", ИНН ЮЛ=7707083893, …`. */
function part(name, keys) {
  for (const piece of name.match(/[^,="]+=(?:"(?:[^"]|"")*"|[^,]*)/g) ?? []) {
    const at = piece.indexOf('=');
    if (!keys.includes(piece.slice(0, at).trim())) continue;
    const value = piece.slice(at + 1).trim();
    return value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value;
  }
  return null;
}

const COMPANY_INN = ['ИНН ЮЛ', 'INNLE', 'OID.1.2.643.100.4', '1.2.643.100.4'];
const PERSON_INN = ['ИНН', 'INN', 'OID.1.2.643.3.131.1.1', '1.2.643.3.131.1.1'];

function taxNumber(name) {
  const company = part(name, COMPANY_INN);
  if (company !== null) return { inn: company, company: true };
  const inn = part(name, PERSON_INN);
  // Before 2021 a company's stood in the person's field, filled with two zeros.
  if (inn?.length === 12 && inn.startsWith('00')) return { inn: inn.slice(2), company: true };
  return { inn, company: false };
}

/** A certificate as the desk tells one; moments are milliseconds since 1970. */
async function tell(certificate) {
  const [name, issuer] = [await certificate.SubjectName, await certificate.IssuerName];
  return {
    thumbprint: (await certificate.Thumbprint).toUpperCase(),
    owner: part(name, ['CN']) ?? name,
    ...taxNumber(name),
    issuer: part(issuer, ['CN']) ?? issuer,
    from: new Date(await certificate.ValidFromDate).getTime(),
    until: new Date(await certificate.ValidToDate).getTime(),
  };
}

function certificates() {
  return withStore(async (all) => {
    const list = [];
    const count = await all.Count;
    for (let index = 1; index <= count; index += 1) {
      const certificate = await all.Item(index);
      if (await certificate.HasPrivateKey()) list.push(await tell(certificate));
    }
    if (list.length === 0) throw new Failure('no_certificate', `${count}`);
    return list;
  });
}

/* ---- signing ---- */

function sign(thumbprint, base64, attached) {
  return withStore(async (all) => {
    const found = await all.Find(FIND_BY_SHA1, thumbprint);
    if ((await found.Count) === 0) throw new Failure('no_certificate', thumbprint);
    const signer = await create('CAdESCOM.CPSigner');
    await signer.propset_Certificate(await found.Item(1));
    await signer.propset_Options(INCLUDE_END_CERTIFICATE);
    const data = await create('CAdESCOM.CadesSignedData');
    // The encoding comes first: without it the plug-in would sign the text of the base64 as UTF-16.
    await data.propset_ContentEncoding(BASE64_TO_BINARY);
    await data.propset_Content(base64);
    const signature = await data.SignCades(signer, CADES_BES, !attached);
    return signature.replaceAll(/\s/g, '');
  });
}

const told = (promise, done) =>
  promise.then(
    (ok) => done(JSON.stringify({ ok })),
    (error) => {
      const { kind, message } = failure(error);
      done(JSON.stringify({ failure: kind, said: message }));
    },
  );

window.metkaSigning = {
  certificates: (done) => told(certificates(), done),
  sign: (thumbprint, base64, attached, done) => told(sign(thumbprint, base64, attached), done),
};
dispatchEvent(new Event('metka-signing'));
