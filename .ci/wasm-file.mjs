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

  /** A signed number of up to 64 bits, as the 32 bits that an address has. */
  signed() {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        return byte & 0x40 ? BigInt.asIntN(64, value | (-1n << (shift + 7n))) : value;
      }
    }
  }

  address() {
    return Number(BigInt.asUintN(32, this.signed()));
  }

  take(length) {
    this.at += length;
    if (this.at > this.end) throw new Error('the wasm ends too early');
    return this.bytes.subarray(this.at - length, this.at);
  }

  name() {
    return this.take(this.u32()).toString();
  }

  skip(times) {
    for (let n = 0; n < times; n++) this.u32();
  }
}

/** The sections of a module: id, name of a custom one, where it starts with its id, and its body. */
export function sections(bytes) {
  const reader = new Reader(bytes, 8);
  const list = [];
  while (!reader.done) {
    const start = reader.at;
    const id = reader.byte();
    const length = reader.u32();
    const body = reader.at;
    const end = body + length;
    const custom = id === 0 ? new Reader(bytes, body, end) : undefined;
    const name = custom?.name();
    list.push({ id, name, start, body: id === 0 ? custom.at : body, end });
    reader.at = end;
  }
  return list;
}

export function u32(value) {
  const bytes = [];
  do {
    bytes.push((value % 128) | (value > 127 ? 128 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(bytes);
}

function s32(value) {
  let rest = value | 0;
  const bytes = [];
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const last = (rest === 0 && !(low & 0x40)) || (rest === -1 && low & 0x40);
    bytes.push(last ? low : low | 0x80);
    if (last) return Buffer.from(bytes);
  }
}

export const section = (id, body) => Buffer.concat([Buffer.from([id]), u32(body.length), body]);

/** A data section of pieces, each { address, bytes }. */
export function dataSection(pieces) {
  const segments = pieces.flatMap(({ address, bytes }) => [
    Buffer.from([0, 0x41]),
    s32(address),
    Buffer.from([0x0b]),
    u32(bytes.length),
    bytes,
  ]);
  return section(11, Buffer.concat([u32(pieces.length), ...segments]));
}

/** The pieces of a data section, each { address, bytes, at } with its place in the file. */
export function dataPieces(bytes, { body, end }) {
  const reader = new Reader(bytes, body, end);
  return Array.from({ length: reader.u32() }, () => {
    const mode = reader.u32();
    if (mode !== 0) throw new Error(`a data segment of mode ${mode}, an active one was expected`);
    if (reader.byte() !== 0x41) throw new Error('a data segment at an address that is no constant');
    const address = reader.address();
    if (reader.byte() !== 0x0b) throw new Error('a data segment at a computed address');
    const length = reader.u32();
    const at = reader.at;
    return { address, bytes: reader.take(length), at };
  });
}

/** Calls `met` with every number in an expression that could be an address: constants, and offsets of memory accesses. */
function expression(reader, met) {
  for (;;) {
    const code = reader.byte();
    if (code === 0x41) met(reader.address());
    else if (code >= 0x28 && code <= 0x3e) {
      if (reader.u32() & 0x40) reader.u32();
      met(reader.u32());
    } else if (code === 0x02 || code === 0x03 || code === 0x04) reader.signed();
    else if (code === 0x0e) reader.skip(reader.u32() + 1);
    else if (code === 0x11) reader.skip(2);
    else if (code === 0x13) reader.skip(2);
    else if (code === 0x1c) reader.skip(reader.u32());
    else if (code === 0x42) reader.signed();
    else if (code === 0x43) reader.take(4);
    else if (code === 0x44) reader.take(8);
    else if (code === 0xd0) reader.signed();
    else if ([0x0c, 0x0d, 0x10, 0x12, 0x3f, 0x40, 0xd2].includes(code) || (code >= 0x20 && code <= 0x26)) reader.u32();
    else if (code === 0xfc) {
      const second = reader.u32();
      if ([8, 10, 12, 14].includes(second)) reader.skip(2);
      else if (second > 7) reader.skip(1);
    } else if (
      ![0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b, 0xd1].includes(code) &&
      !(code >= 0x45 && code <= 0xc4)
    ) {
      throw new Error(`instruction ${code.toString(16)} at ${reader.at - 1}, which is not known`);
    }
    if (reader.done) return;
  }
}

/** Every number in a module's code and globals that could be an address. */
export function numbers(bytes) {
  const found = new Set();
  const met = (number) => found.add(number);
  for (const { id, body, end } of sections(bytes)) {
    const reader = new Reader(bytes, body, end);
    if (id === 6) {
      for (let n = reader.u32(); n > 0; n--) {
        reader.take(2);
        if (reader.byte() === 0x41) met(reader.address());
        else throw new Error('a global that does not begin as a number');
        if (reader.byte() !== 0x0b) throw new Error('a global that is computed');
      }
    } else if (id === 10) {
      for (let n = reader.u32(); n > 0; n--) {
        const length = reader.u32();
        const inner = new Reader(bytes, reader.at, reader.at + length);
        for (let groups = inner.u32(); groups > 0; groups--) {
          inner.u32();
          inner.byte();
        }
        expression(inner, met);
        reader.at += length;
      }
    }
  }
  return found;
}
