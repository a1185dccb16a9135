// The same labels by bwip-js and pdfkit, the two that people who draw labels in Node take: a page for each, the symbol as
// vectors, the same texts in the same fonts. Reads {labels: [{code, gtin, serial, article, name, size}]} from a file, prints
// milliseconds (the best of three rounds; the processor's and the clock's) and bytes.
import { readFileSync } from "node:fs";
import bwipjs from "bwip-js/node";
import PDFDocument from "pdfkit";

const { labels } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const fonts = new URL("../../fonts/", import.meta.url);
const [regular, bold] = ["Regular", "Bold"].map((name) => readFileSync(new URL(`RobotoCondensed-${name}.ttf`, fonts)));
const mm = 72 / 25.4;
const module = (5 * 72) / 203;

function symbol(document, code) {
  const [{ pixs, pixx, pixy }] = bwipjs.raw({ bcid: "datamatrix", text: "^FNC1" + code.replaceAll("\u001d", "^029"), parse: true, parsefnc: true });
  const top = 40 * mm - 4 - pixy * module;
  for (let y = 0; y < pixy; y++) {
    for (let x = 0; x < pixx; x++) {
      const from = x;
      while (x < pixx && pixs[y * pixx + x]) x++;
      if (x > from) document.rect(2 * mm + from * module, top + y * module, (x - from) * module, module);
    }
  }
  document.fill("black");
}

function draw() {
  const document = new PDFDocument({ autoFirstPage: false, compress: true });
  const parts = [];
  document.on("data", (part) => parts.push(part));
  const ended = new Promise((resolve) => document.on("end", () => resolve(Buffer.concat(parts).length)));
  document.registerFont("regular", regular).registerFont("bold", bold);
  for (const label of labels) {
    document.addPage({ size: [58 * mm, 40 * mm], margin: 0 });
    symbol(document, label.code);
    document.font("bold", 12).text(label.article, 2 * mm, 1.5 * mm, { lineBreak: false });
    document.font("regular", 8.5).text(label.name, 2 * mm, 6.5 * mm, { width: 54 * mm, height: 8 * mm, ellipsis: true });
    document.font("bold", 12).text(label.size, 27 * mm, 17 * mm, { lineBreak: false });
    document.font("regular", 8.5).text(`(01) ${label.gtin}`, 27 * mm, 32 * mm, { lineBreak: false });
    document.text(`(21) ${label.serial}`, 27 * mm, 35.5 * mm, { lineBreak: false });
  }
  document.end();
  return ended;
}

let [clock, processor, bytes] = [Infinity, Infinity, 0];
for (let round = 0; round < 3; round++) {
  const [begun, used] = [performance.now(), process.cpuUsage()];
  bytes = await draw();
  const { user, system } = process.cpuUsage(used);
  clock = Math.min(clock, performance.now() - begun);
  processor = Math.min(processor, (user + system) / 1000);
}
console.log(`${Math.round(processor)} ms, on the clock ${Math.round(clock)} ms, ${Math.round(bytes / 1000)} kB`);
