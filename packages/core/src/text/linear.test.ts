import { afterEach, describe, expect, it } from 'vitest';
import { variantsOf } from './variants.ts';

const LIMITS = { maxVariants: 16, maxBytes: 4_000_000 };
const native = RegExp.prototype.exec;

/** Characters that patterns were given to look at, at least: what a match moved over, or the whole text for a pattern that always starts anew (a sticky one, as `split` uses, looks at one place). No clock is read. */
function work(text: string): number {
  let sum = 0;
  RegExp.prototype.exec = function (this: RegExp, subject: string) {
    const from = this.lastIndex;
    const match = native.call(this, subject);
    if (this.sticky) sum += match?.[0].length || 1;
    else if (this.global) sum += match ? match.index + match[0].length - from + 1 : subject.length - from + 1;
    else sum += subject.length + 1;
    return match;
  };
  variantsOf(text, LIMITS);
  RegExp.prototype.exec = native;
  return sum;
}

const PUMPS = [
  ...[
    'a',
    'a ',
    'a-',
    '1',
    '01',
    'A',
    'Ab1',
    'i.',
    'aа',
    'é',
    '\u0301',
    'ɪ',
    '\n',
    ' ',
    '.',
    '.- ',
    '-',
    '%41',
    '%',
    '&#1',
    '&#105;',
    '&',
    '\\x41',
    '0x',
    '41 ',
  ],
  ...[
    '<',
    '<!--',
    '<p hidden>',
    '<p style="',
    '<a ',
    '</',
    '![',
    '![a',
    '](',
    '[a]: ',
    '[',
    '"',
    '"a" + ',
    'a="b";',
    'a+',
    "'",
    '“',
    '>',
    '> ',
    '```\n',
    '|',
    '| a |\n',
    'a: b\n',
    '/*',
    '"""',
    '<<A\n',
    ' `a b c',
    '{"a":"',
    'f("a b c");\n',
  ],
  ...[
    '<|user|>',
    '[INST]',
    'user:',
    'User:\n',
    'From: a\n',
    '\u200B',
    '\u200C\u200B',
    '\u202E',
    '\u202Ea',
    '\u{E0041}',
    '\uFE00',
    '\u{1F1E6}',
    'gur ',
    'eht ',
    'ignroe ',
    'ig-nore ',
    'x. ',
  ],
];

describe('variantsOf does work in proportion to the text', () => {
  afterEach(() => {
    RegExp.prototype.exec = native;
  });

  it.each(PUMPS)('of %j, again and again', (pump) => {
    const [small = 0, large = 0] = [2400, 9600].map((size) => work(pump.repeat(Math.ceil(size / pump.length)).slice(0, size)));
    expect(small).toBeGreaterThan(2400);
    expect(large).toBeLessThanOrEqual(4.5 * small);
  });
});
