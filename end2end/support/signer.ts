// A person with a key: a certificate made by openssl, and a stand-in for CryptoPro's plug-in that signs in the page with it.
// What it makes is a real CMS (RFC 5652, CAdES-BES), by P-256 instead of ГОСТ, which browsers do not have.
import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';

export interface Owner {
  name: string;
  /** Ten digits of a company, or twelve of a person. */
  inn: string;
  /** How long the certificate is good for, from now; a negative number is one that ended. */
  days?: number;
}

/** A certificate with its key, as the page's stand-in needs them. */
export interface Key {
  name: string;
  inn: string;
  /** DER, base64. */
  certificate: string;
  /** SHA-1, upper-case hexadecimal. */
  thumbprint: string;
  from: string;
  until: string;
  jwk: JsonWebKey;
}

const DAY = 86_400_000;

/** ASN.1 GeneralizedTime as openssl's `-not_before` wants it: seconds, UTC. */
const moment = (at: number) => new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, '');

/** Makes a key with a certificate that it signed itself. */
export function makeKey({ name, inn, days = 365 }: Owner): Key {
  const folder = mkdtempSync(join(tmpdir(), 'metka-key-'));
  try {
    const file = (of: string) => join(folder, of);
    const field = inn.length === 10 ? 'INNLE' : 'INN';
    const settings = `oid_section = oids
[oids]
INNLE = 1.2.643.100.4
[req]
distinguished_name = dn
prompt = no
string_mask = utf8only
utf8 = yes
[dn]
${field} = ${inn}
CN = ${name.replaceAll('"', '\\"')}
[ca]
default_ca = own
[own]
database = ${file('index.txt')}
new_certs_dir = ${folder}
rand_serial = yes
default_md = sha256
policy = any
x509_extensions = v3
[v3]
keyUsage = critical, digitalSignature, nonRepudiation
subjectKeyIdentifier = hash
[any]
${field} = supplied
CN = supplied
`;
    writeFileSync(file('openssl.cnf'), settings);
    writeFileSync(file('index.txt'), '');
    const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'key.pem');
    openssl('req', '-new', '-config', 'openssl.cnf', '-key', 'key.pem', '-out', 'request.pem');
    const until = Date.now() + days * DAY;
    const from = Math.min(Date.now(), until) - 30 * DAY;
    openssl(
      ...['ca', '-config', 'openssl.cnf', '-selfsign', '-keyfile', 'key.pem', '-in', 'request.pem', '-out', 'cert.pem'],
      ...['-notext', '-batch', '-utf8', '-startdate', moment(from), '-enddate', moment(until)],
    );
    const base64 = readFileSync(file('cert.pem'), 'utf8').replaceAll(/-----[^-]+-----|\s/g, '');
    const der = Buffer.from(base64, 'base64');
    return {
      name,
      inn,
      certificate: base64,
      thumbprint: createHash('sha1').update(der).digest('hex').toUpperCase(),
      from: new Date(from).toISOString(),
      until: new Date(until).toISOString(),
      jwk: createPrivateKey(readFileSync(file('key.pem'))).export({ format: 'jwk' }) as JsonWebKey,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the person does when the plug-in asks about the key. */
export type Mood = 'signs' | 'refuses';

/** Gives every page of the browser a plug-in with these keys. `mood` may be changed later through `window.standIn`. */
export async function installSigner(context: BrowserContext, keys: Key[], mood: Mood = 'signs'): Promise<void> {
  await context.addInitScript(standIn, { keys, mood });
}

/** Runs in the page, so it stands alone: nothing outside this function is there. */
function standIn({ keys, mood }: { keys: Key[]; mood: Mood }): void {
  const state = { mood, signed: 0 };

  /* ---- DER ---- */

  const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const base64Of = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));

  function tlv(tag: number, ...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
    const value = join(...parts);
    const length: number[] = [];
    for (let rest = value.length; rest > 0; rest >>= 8) length.unshift(rest & 0xff);
    const head = value.length < 0x80 ? [tag, value.length] : [tag, 0x80 | length.length, ...length];
    return join(Uint8Array.from(head), value) as Uint8Array<ArrayBuffer>;
  }
  const sequence = (...parts: Uint8Array[]) => tlv(0x30, ...parts);
  const integer = (value: number) => tlv(0x02, Uint8Array.from([value]));
  const octets = (value: Uint8Array) => tlv(0x04, value);

  function oid(dotted: string): Uint8Array {
    const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
    const bytes = [first * 40 + second];
    for (const number of rest) {
      const septets = [number & 0x7f];
      for (let left = number >> 7; left > 0; left >>= 7) septets.unshift(0x80 | (left & 0x7f));
      bytes.push(...septets);
    }
    return tlv(0x06, Uint8Array.from(bytes));
  }

  /** The elements inside a constructed one, each whole. */
  function inside(element: Uint8Array): Uint8Array[] {
    const read = (bytes: Uint8Array, at: number) => {
      const short = bytes[at + 1]!;
      if (short < 0x80) return { head: 2, length: short };
      const count = short & 0x7f;
      let length = 0;
      for (let i = 0; i < count; i += 1) length = length * 256 + bytes[at + 2 + i]!;
      return { head: 2 + count, length };
    };
    const outer = read(element, 0);
    const found: Uint8Array[] = [];
    for (let at = outer.head; at < element.length; ) {
      const { head, length } = read(element, at);
      found.push(element.slice(at, at + head + length));
      at += head + length;
    }
    return found;
  }

  /** A SET OF in DER: its members stand in the order of their bytes. */
  function setOf(tag: number, members: Uint8Array[]): Uint8Array<ArrayBuffer> {
    const ordered = [...members].sort((a, b) => {
      for (let i = 0; i < Math.min(a.length, b.length); i += 1) if (a[i] !== b[i]) return a[i]! - b[i]!;
      return a.length - b.length;
    });
    return tlv(tag, ...ordered);
  }

  /* ---- CMS ---- */

  const DATA = '1.2.840.113549.1.7.1';
  const SIGNED_DATA = '1.2.840.113549.1.7.2';
  const SHA_256 = sequence(oid('2.16.840.1.101.3.4.2.1'));
  const ECDSA_SHA_256 = sequence(oid('1.2.840.10045.4.3.2'));
  const sha256 = async (bytes: Uint8Array) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));

  /** r and s as WebCrypto gives them, side by side, in the ECDSA-Sig-Value of X9.62. */
  function ecdsaValue(raw: Uint8Array): Uint8Array {
    const number = (half: Uint8Array) => {
      let from = 0;
      while (from < half.length - 1 && half[from] === 0) from += 1;
      const short = half.slice(from);
      return tlv(0x02, short[0]! >= 0x80 ? join(Uint8Array.from([0]), short) : short);
    };
    return sequence(number(raw.slice(0, 32)), number(raw.slice(32)));
  }

  async function cms(key: Key, content: Uint8Array, attached: boolean): Promise<string> {
    const certificate = bytesOf(key.certificate);
    // [0] version, serial number, algorithm, issuer.
    const [, serial, , issuer] = inside(inside(certificate)[0]!);
    if (serial === undefined || issuer === undefined) throw new Error('no certificate of version 3');
    const now = new Date().toISOString().replaceAll(/[-:T]|\.\d+/g, '').slice(2);
    const attribute = (name: string, value: Uint8Array) => sequence(oid(name), tlv(0x31, value));
    const attributes = [
      attribute('1.2.840.113549.1.9.3', oid(DATA)),
      attribute('1.2.840.113549.1.9.4', octets(await sha256(content))),
      attribute('1.2.840.113549.1.9.5', tlv(0x17, new TextEncoder().encode(now))),
      attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(octets(await sha256(certificate)))))),
    ];
    const secret = await crypto.subtle.importKey('jwk', key.jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
    const value = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, secret, setOf(0x31, attributes));
    const signer = sequence(
      integer(1),
      sequence(issuer, serial),
      SHA_256,
      setOf(0xa0, attributes),
      ECDSA_SHA_256,
      octets(ecdsaValue(new Uint8Array(value))),
    );
    const encapsulated = attached ? sequence(oid(DATA), tlv(0xa0, octets(content))) : sequence(oid(DATA));
    const signed = sequence(integer(1), tlv(0x31, SHA_256), encapsulated, tlv(0xa0, certificate), tlv(0x31, signer));
    return base64Of(sequence(oid(SIGNED_DATA), tlv(0xa0, signed)));
  }

  /* ---- the plug-in's objects: every property and every call is a promise ---- */

  const certificateObject = (key: Key) => ({
    key,
    SubjectName: Promise.resolve(
      `CN="${key.name.replaceAll('"', '""')}", ${key.inn.length === 10 ? 'ИНН ЮЛ' : 'ИНН'}=${key.inn}`,
    ),
    IssuerName: Promise.resolve(`CN="${key.name.replaceAll('"', '""')}"`),
    Thumbprint: Promise.resolve(key.thumbprint),
    ValidFromDate: Promise.resolve(key.from),
    ValidToDate: Promise.resolve(key.until),
    HasPrivateKey: async () => true,
  });

  const list = (of: Key[]) => ({
    Count: Promise.resolve(of.length),
    Item: async (index: number) => certificateObject(of[index - 1]!),
    Find: async (_by: number, thumbprint: string) => list(of.filter((key) => key.thumbprint === thumbprint.toUpperCase())),
  });

  const objects: Record<string, () => unknown> = {
    'CAdESCOM.Store': () => ({ Open: async () => undefined, Close: async () => undefined, Certificates: Promise.resolve(list(keys)) }),
    'CAdESCOM.CPSigner': () => {
      const signer: { key?: Key; propset_Certificate: unknown; propset_Options: unknown } = {
        propset_Certificate: async (certificate: { key: Key }) => (signer.key = certificate.key),
        propset_Options: async () => undefined,
      };
      return signer;
    },
    'CAdESCOM.CadesSignedData': () => {
      let [encoding, text] = [0, ''];
      return {
        propset_ContentEncoding: async (value: number) => (encoding = value),
        propset_Content: async (value: string) => {
          // As in the real one, the encoding counts only when it is there before the content.
          text = encoding === 1 ? atob(value) : Array.from(value, (letter) => `${letter}\0`).join('');
        },
        async SignCades(signer: { key: Key }, type: number, detached: boolean) {
          if (state.mood === 'refuses') throw new Error('Действие было отменено пользователем. (0x8010006E)');
          if (type !== 1) throw new Error(`CAdES type ${type}`);
          const content = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
          const signature = await cms(signer.key, content, !detached);
          state.signed += 1;
          // The real one wraps its lines.
          return signature.replaceAll(/.{64}/g, '$&\r\n');
        },
      };
    },
  };

  const ready = Promise.resolve();
  Object.assign(window, {
    standIn: state,
    cadesplugin: {
      then: ready.then.bind(ready),
      CreateObjectAsync: async (name: string) => {
        const make = objects[name];
        if (make === undefined) throw new Error(`no object ${name}`);
        return make();
      },
      getLastError: (error: Error) => error.message,
    },
  });
}
