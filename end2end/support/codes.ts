// Marking codes made up for the tests, and what happens to codes on their way.

const GS = '\x1d';
const HEAD = '010467003301005321';
/** What changes its key or its place in other layouts, and what does not. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789+/';

/** A code of clothes: 13 characters of serial number, key and signature. No two numbers give the same unit. */
export function code(number: number): string {
  return `${HEAD}5${spelled(number, 12)}${GS}91${spelled(number * 7, 4)}${GS}92${spelled(number * 131 + 5, 43)}=`;
}

/** The number in the digits of the alphabet, the lowest first, each turned by its place. */
function spelled(number: number, length: number): string {
  let rest = number;
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text += ALPHABET.charAt((rest + place * 5) % ALPHABET.length);
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

/** Damages that can be repaired, each met in life. */
const REPAIRABLE: ((code: string) => string)[] = [
  (code) => code.replaceAll(GS, ''),
  (code) => code.replaceAll(GS, '<GS>'),
  (code) => `]d2${code}`,
  (code) => code.replaceAll(GS, '\\u001d'),
  (code) => `  ${code} `,
  (code) => `${GS}${code}`,
];

/** A long list, one in ten of it damaged, and one in a hundred beyond repair. */
export function longList(length: number): string {
  const lines: string[] = [];
  for (let number = 0; number < length; number += 1) {
    const whole = code(number);
    if (number % 100 === 99) lines.push(whole.slice(0, -3));
    else if (number % 10 === 9) lines.push(REPAIRABLE[((number - 9) / 10) % REPAIRABLE.length]?.(whole) ?? whole);
    else lines.push(whole);
  }
  return lines.join('\n');
}
