import type { Finding, RuleFinding, Verdict } from '@portcullis/guard';
import { describe, expect, it } from 'vitest';
import { excerptsOf, MAX_EXCERPT, readingName, visible } from './excerpts.ts';

const rule = (title: string, excerpt: string, id = 'pi-test-001'): RuleFinding => ({
  rule: id,
  title,
  excerpt,
  severity: 'high',
  span: [0, excerpt.length],
  owasp: [],
  atlas: [],
});

const verdictWith = (...findings: Finding[]): Verdict => ({
  decision: 'block',
  score: 0.9,
  confidence: 0.9,
  uncertainty: 0,
  signals: [],
  findings,
  reason: 'Because.',
  backend: 'wasm',
  latencyMs: 1,
  bundle: 'test@0',
});

describe('visible', () => {
  it.each([
    ['a zero-width space', 'ig\u200bnore', 'ig⟨U+200B⟩nore'],
    ['a right-to-left override', '\u202eerongi', '⟨U+202E⟩erongi'],
    ['a tag character, beyond the first plane', 'a\u{e0041}b', 'a⟨U+E0041⟩b'],
    ['a variation selector', 'a\ufe0fb', 'a⟨U+FE0F⟩b'],
    ['a variation selector of the second block', 'a\u{e0100}b', 'a⟨U+E0100⟩b'],
    ['a combining grapheme joiner', 'a\u034fb', 'a⟨U+034F⟩b'],
    ['a Hangul filler, a letter that shows nothing', 'a\u3164b', 'a⟨U+3164⟩b'],
    ['an escape', 'a\u001bb', 'a⟨U+001B⟩b'],
    ['a line separator', 'a\u2028b', 'a⟨U+2028⟩b'],
    ['half a surrogate pair', 'a\ud83db', 'a⟨U+D83D⟩b'],
  ])('spells out %s', (_, hidden, shown) => {
    expect(visible(hidden)).toBe(shown);
  });

  it('turns line breaks and tabs into one space', () => {
    expect(visible('one\r\n\n\ttwo')).toBe('one two');
  });

  it.each(['Ignore this', 'naïve café', 'مرحبا بالعالم', '日本語のテキスト', 'नमस्ते', 'rocket 🚀'])('leaves plain text of any script alone: %s', (text) => {
    expect(visible(text)).toBe(text);
  });
});

describe('excerptsOf', () => {
  it('quotes a rule’s own words and names the rule', () => {
    expect(excerptsOf(verdictWith(rule('Overrides instructions', ' ignore all\nrules ')), 'whatever')).toEqual([
      { quote: 'ignore all rules', found: [{ title: 'Overrides instructions', source: 'pi-test-001' }] },
    ]);
  });

  it('quotes what a rule read once the words were unwrapped, and says how', () => {
    const unwrapped = { ...rule('Overrides instructions', 'aWdub3Jl'), provenance: ['normalised', 'base64'], matched: 'ignore' };
    expect(excerptsOf(verdictWith(unwrapped, rule('Another', 'aWdub3Jl')), '')).toEqual([
      { quote: 'ignore', unwrapped: 'base64', found: [{ title: 'Overrides instructions', source: 'pi-test-001' }] },
      { quote: 'aWdub3Jl', found: [{ title: 'Another', source: 'pi-test-001' }] },
    ]);
  });

  it('quotes a signal’s span of the text', () => {
    const found: Finding = { signal: 'classifier', title: 'Reads like an attack', score: 0.9, span: [6, 12] };
    expect(excerptsOf(verdictWith(found), 'hello ignore me')).toEqual([{ quote: 'ignore', found: [{ title: 'Reads like an attack', source: 'classifier' }] }]);
  });

  it('keeps the order, gives each quote once with all that was found in it, and stops at the limit', () => {
    const verdict = verdictWith(rule('A', 'one'), rule('A', 'one', 'pi-test-002'), rule('A', 'two'), rule('B', 'one'), rule('C', 'three'));
    const shown = (limit?: number) => excerptsOf(verdict, '', limit).map(({ quote, found }) => `${quote}: ${found.map(({ title }) => title).join(', ')}`);
    expect(shown()).toEqual(['one: A, B', 'two: A']);
    expect(shown(1)).toEqual(['one: A']);
    expect(shown(9)).toEqual(['one: A, B', 'two: A', 'three: C']);
  });

  it('cuts a long quote, and says so', () => {
    const quoteOf = (text: string) => excerptsOf(verdictWith(rule('A', text)), '')[0]?.quote;
    expect(quoteOf('x'.repeat(MAX_EXCERPT))).toBe('x'.repeat(MAX_EXCERPT));
    expect(quoteOf('x'.repeat(MAX_EXCERPT + 1))).toBe(`${'x'.repeat(MAX_EXCERPT)}…`);
  });

  it('never cuts a surrogate pair in two', () => {
    const [excerpt] = excerptsOf(verdictWith(rule('A', `${'x'.repeat(MAX_EXCERPT - 1)}🚀 and on`)), '');
    expect(excerpt?.quote).toBe(`${'x'.repeat(MAX_EXCERPT - 1)}…`);
  });

  it('has nothing to show for a verdict without findings', () => {
    expect(excerptsOf(verdictWith(), 'text')).toEqual([]);
  });
});

describe('readingName', () => {
  it('names the steps in plain words, without the first, which every text goes through', () => {
    expect(readingName(['normalised', 'base64', 'html-comment'])).toBe('base64, html comment');
  });
});
