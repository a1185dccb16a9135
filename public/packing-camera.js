// Reading codes from the camera's picture: with the browser's own reader where there is one, else with zxing-cpp as
// wasm, which is loaded only then.

const FORMATS = ['data_matrix', 'code_128', 'ean_13', 'ean_8', 'itf', 'qr_code'];

/** A function that reads a video's present picture: the text of the first code, or nothing. */
export async function reader() {
  return (await native()) ?? (await wasm());
}

async function native() {
  if (!('BarcodeDetector' in window)) return undefined;
  const known = await BarcodeDetector.getSupportedFormats();
  if (!known.includes('data_matrix')) return undefined;
  const detector = new BarcodeDetector({ formats: FORMATS.filter((format) => known.includes(format)) });
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? '';
}

async function wasm() {
  const { prepareZXingModule, readBarcodes } = await import('/packing-decoder/reader/index.js');
  prepareZXingModule({ overrides: { locateFile: (file) => `/packing-decoder/${file}` } });
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    context.drawImage(video, 0, 0);
    const picture = context.getImageData(0, 0, canvas.width, canvas.height);
    const found = await readBarcodes(picture, {
      formats: ['DataMatrix', 'Code128', 'EAN-13', 'EAN-8', 'ITF', 'QRCode'],
      maxNumberOfSymbols: 1,
      // Separators as they are; the other modes write them in brackets or drop them.
      textMode: 'Plain',
    });
    return found[0]?.text ?? '';
  };
}
