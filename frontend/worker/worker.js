// The worker's end of the conversation; what is said stands in README.md. WASM is replaced by the name of the wasm file.
const ready = wasm_bindgen({ module_or_path: new URL('WASM', self.location.href) });
self.onmessage = async ({ data: [source, group] }) => {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : new Uint8Array(await source.arrayBuffer());
  await ready;
  self.postMessage(
    wasm_bindgen.check(bytes, group, (rows, text, done) =>
      self.postMessage([rows, text, done, bytes.length], [rows.buffer, text.buffer]),
    ),
  );
};
