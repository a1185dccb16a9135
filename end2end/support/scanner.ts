// A scanner that plays keyboard: physical keys, one right after another, whatever the computer's layout makes of them.
import type { CDPSession, Page } from '@playwright/test';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const RUSSIAN_LETTERS = 'фисвуапршолдьтщзйкыегмцчня';
const SHIFTED_DIGITS = ')!@#$%^&*(';
const RUSSIAN_SHIFTED_DIGITS = ')!"№;%:?*(';
/** Key, plain, with Shift, and the same two in the Russian layout. */
const MARKS: [string, string, string, string, string][] = [
  ['Minus', '-', '_', '-', '_'],
  ['Equal', '=', '+', '=', '+'],
  ['BracketLeft', '[', '{', 'х', 'Х'],
  ['BracketRight', ']', '}', 'ъ', 'Ъ'],
  ['Backslash', '\\', '|', '\\', '/'],
  ['Semicolon', ';', ':', 'ж', 'Ж'],
  ['Quote', "'", '"', 'э', 'Э'],
  ['Comma', ',', '<', 'б', 'Б'],
  ['Period', '.', '>', 'ю', 'Ю'],
  ['Slash', '/', '?', '.', ','],
];

const ALT = 1;
const CTRL = 2;
const SHIFT = 8;
const SEPARATOR = '\x1d';
/** Seconds, as the events say it: how busy this machine is has no say in what is a scan. */
const BETWEEN_KEYS = 0.004;

export interface Settings {
  /** The layout of the computer. */
  layout?: 'us' | 'ru';
  /** How the separator is sent. */
  separator?: 'ctrl' | 'f8' | 'alt' | 'nothing';
  /** What ends a scan. */
  suffix?: 'Enter' | 'Tab' | 'nothing';
}

interface Stroke {
  code: string;
  key: string;
  text?: string;
  modifiers?: number;
}

/** The key that a scanner presses for a character. */
function stroke(character: string, layout: 'us' | 'ru'): Stroke {
  const typed = (us: string, ru: string) => (layout === 'us' ? us : ru);
  const letter = LETTERS.indexOf(character.toLowerCase());
  if (letter >= 0) {
    const upper = character !== character.toLowerCase();
    const russian = RUSSIAN_LETTERS.charAt(letter);
    const key = typed(character, upper ? russian.toUpperCase() : russian);
    return { code: `Key${character.toUpperCase()}`, key, text: key, modifiers: upper ? SHIFT : 0 };
  }
  if (/\d/.test(character)) return { code: `Digit${character}`, key: character, text: character };
  const digit = SHIFTED_DIGITS.indexOf(character);
  if (digit >= 0) {
    const key = typed(character, RUSSIAN_SHIFTED_DIGITS.charAt(digit));
    return { code: `Digit${digit}`, key, text: key, modifiers: SHIFT };
  }
  for (const [code, plain, shifted, ru, ruShifted] of MARKS) {
    if (character === plain || character === shifted) {
      const key = character === plain ? typed(plain, ru) : typed(shifted, ruShifted);
      return { code, key, text: key, modifiers: character === plain ? 0 : SHIFT };
    }
  }
  throw new Error(`no key writes ${JSON.stringify(character)}`);
}

const SEPARATORS: Record<NonNullable<Settings['separator']>, Stroke[]> = {
  ctrl: [{ code: 'BracketRight', key: ']', modifiers: CTRL }],
  f8: [{ code: 'F8', key: 'F8' }],
  alt: ['0', '2', '9'].map((digit) => ({ code: `Numpad${digit}`, key: digit, modifiers: ALT })),
  nothing: [],
};

const ENDINGS: Record<NonNullable<Settings['suffix']>, Stroke[]> = {
  Enter: [{ code: 'Enter', key: 'Enter', text: '\r' }],
  Tab: [{ code: 'Tab', key: 'Tab' }],
  nothing: [],
};

/** The moment of the last key, in seconds: the next one comes later, as it does where hands move between scans. */
let last = 0;

/** A moment well after the last key. */
function later(): number {
  return Math.max(Date.now() / 1000, last + 0.5);
}

/** Holds a key down, by a hand, until `held` comes true. */
export async function hold(page: Page, character: string, held: () => Promise<void>): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { code, key, text } = stroke(character, 'us');
  last = later();
  const common = { code, key, timestamp: last };
  await session.send('Input.dispatchKeyEvent', { ...common, type: 'keyDown', text });
  await held();
  await session.send('Input.dispatchKeyEvent', { ...common, type: 'keyUp', timestamp: later() });
  await session.detach();
}

/** Scans a code into whatever has the focus. All keys are sent before the first is answered, as a scanner does. */
export async function scan(page: Page, code: string, settings: Settings = {}): Promise<void> {
  const { layout = 'us', separator = 'ctrl', suffix = 'Enter' } = settings;
  const strokes = [...code].flatMap((character) =>
    character === SEPARATOR ? SEPARATORS[separator] : [stroke(character, layout)],
  );
  strokes.push(...ENDINGS[suffix]);
  const session = await page.context().newCDPSession(page);
  const now = later();
  last = now + strokes.length * BETWEEN_KEYS;
  await Promise.all(strokes.flatMap((one, index) => press(session, one, now + index * BETWEEN_KEYS)));
  await session.detach();
}

function press(session: CDPSession, { code, key, text, modifiers = 0 }: Stroke, timestamp: number): Promise<unknown>[] {
  const VIRTUAL: Record<string, number> = { Enter: 13, Tab: 9, F8: 119 };
  const common = { code, key, modifiers, timestamp, windowsVirtualKeyCode: VIRTUAL[code] ?? 0 };
  return [
    session.send('Input.dispatchKeyEvent', { ...common, type: text === undefined ? 'rawKeyDown' : 'keyDown', text }),
    session.send('Input.dispatchKeyEvent', { ...common, type: 'keyUp' }),
  ];
}
