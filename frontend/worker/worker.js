// The worker's end of the conversation; what is said stands in README.md. WASM is replaced by the name of the wasm file.
const ready = wasm_bindgen({ module_or_path: new URL('WASM', self.location.href) }).then(() => wasm_bindgen.warm());
let before = '';
self.onmessage = async ({ data }) => {
  if (typeof data === 'string') {
    before += data;
    return;
  }
  const [source, group] = data;
  const bytes = typeof source === 'string' ? new TextEncoder().encode(before + source) : new Uint8Array(await source.arrayBuffer());
  before = '';
  await ready;
  self.postMessage(
    wasm_bindgen.check(bytes, group, (rows, text, done) =>
      self.postMessage([rows, text, done, bytes.length], [rows.buffer, text.buffer]),
    ),
  );
};
