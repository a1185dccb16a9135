// What the build's own steps read and write of WebAssembly's binary format:
// https://webassembly.github.io/spec/core/binary/

/** A reader of the binary format. */
export class Reader {
  constructor(bytes, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get done() {
    return this.at >= this.end;
  }

  byte() {
    if (this.at >= this.end) throw new Error('the wasm ends too early');
    return this.bytes[this.at++];
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
    if (this.at > this.end) throw new Error('the wasm ends too early');
    return this.bytes.subarray(this.at - length, this.at);
  }

  name() {
    return this.take(this.u32()).toString();
  }
}

/** The sections of a module: id, where it starts with its id, and its body. */
export function sections(bytes) {
  const reader = new Reader(bytes, 8);
  const list = [];
  while (!reader.done) {
    const start = reader.at;
    const id = reader.byte();
    const length = reader.u32();
    const body = reader.at;
    reader.take(length);
    list.push({ id, start, body, end: reader.at });
  }
  return list;
}

/** A number as the format writes it. */
export function u32(value) {
  const bytes = [];
  do {
    bytes.push((value % 128) | (value > 127 ? 128 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(bytes);
}

/** A whole section. */
export const section = (id, body) => Buffer.concat([Buffer.from([id]), u32(body.length), body]);
