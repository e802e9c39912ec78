import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleFinding, Span } from '../verdict.ts';
import { redact } from './redact.ts';
import { restore, restorer } from './restore.ts';
import { starred } from './starred.ts';
import { createVault, type Vault } from './vault.ts';

const finding = (text: string, span: Span, rule = 'os-key-001'): RuleFinding => ({
  rule,
  title: 'For a test',
  severity: 'high',
  span,
  excerpt: text.slice(...span),
  owasp: [],
  atlas: [],
});
const finds = (text: string, value: string, rule?: string): RuleFinding => {
  const start = text.indexOf(value);
  return finding(text, [start, start + value.length], rule);
};

describe('redact', () => {
  it('puts one placeholder for each value, the same for the same, and tells where', () => {
    const text = 'From jane@a.example to joe@b.example, not jane@a.example.';
    const findings = [
      finds(text, 'jane@a.example', 'op-contact-001'),
      finds(text, 'joe@b.example', 'op-contact-001'),
      finding(text, [42, 56], 'op-contact-001'),
    ];
    const { text: out, redactions } = redact(text, findings, createVault());
    expect(out).toBe('From [EMAIL_1] to [EMAIL_2], not [EMAIL_1].');
    expect(redactions.map(({ at }) => out.slice(...at))).toEqual(['[EMAIL_1]', '[EMAIL_2]', '[EMAIL_1]']);
    expect(redactions.map(({ span }) => text.slice(...span))).toEqual(['jane@a.example', 'joe@b.example', 'jane@a.example']);
    expect(JSON.stringify(redactions)).not.toContain('jane');
  });

  it('merges what overlaps, and the strongest names it', () => {
    const text = 'see 0123456789 there';
    const low = { ...finding(text, [4, 9], 'op-contact-001'), severity: 'low' } as const;
    expect(redact(text, [low, finding(text, [6, 14], 'op-card-001')], createVault()).text).toBe('see [CARD_1] there');
    expect(redact(text, [finding(text, [4, 14], 'op-iban-001'), finding(text, [6, 8])], createVault()).text).toBe('see [IBAN_1] there');
    expect(redact('ab cd', [finding('ab cd', [0, 2]), finding('ab cd', [3, 5])], createVault()).text).toBe('[KEY_1] [KEY_2]');
  });

  it.each([
    ['hidden-zero-width', 'x', '[HIDDEN_ZERO_WIDTH_1]'],
    ['op-contact-001', '+49 151 2345', '[PHONE_1]'],
    ['houserule', 'x', '[HOUSERULE_1]'],
    ['', 'x', '[TEXT_1]'],
  ])('of the rule %j on %j, names it %s', (rule, value, placeholder) => {
    expect(redact(value, [finding(value, [0, value.length], rule)], createVault()).text).toBe(placeholder);
  });

  it.each([
    ['a token of which a pattern matched the beginning', 'use sk-abcdefghij0123456789-tail_OF.it/all. Then', [4, 14], 'use [KEY_1]. Then'],
    ['a character that is two units', 'a👍b', [2, 3], 'a[KEY_1]b'],
    ['a family', 'a👩‍👩‍👧‍👦b', [3, 5], 'a[KEY_1]b'],
    ['a letter and its marks', 'xe\u0301\u0302y z', [0, 2], '[KEY_1]y z'],
    ['what lies past the end', 'abc', [1, 99], 'a[KEY_1]'],
    ['nothing', 'abc', [1, 1], 'abc'],
  ] as const)('takes whole: %s', (_name, text, span, out) => {
    expect(redact(text, [finding(text, span)], createVault()).text).toBe(out);
  });

  const body = `${'MIIEpAIBAAKCAQEA0123456789abcdefghijABCDEFGHIJ0123456789+/ABCDEF\n'.repeat(50)}short==\n`;
  it.each([
    ['to its last line', `-----BEGIN PRIVATE KEY-----\n${body}-----END PRIVATE KEY-----\nThat is all.`, '[KEY_1]\nThat is all.'],
    ['with no last line', `-----BEGIN PRIVATE KEY-----\n${body}\nThat is all.`, '[KEY_1]\n\nThat is all.'],
    ['that stops in the middle of it', `-----BEGIN PRIVATE KEY-----\n${body}-----EN`, '[KEY_1]'],
    ['as JSON has it', JSON.stringify(`-----BEGIN PRIVATE KEY-----\n${body}-----END PRIVATE KEY-----\n`).slice(1, -1), '[KEY_1]\\n'],
    ['on one line', `-----BEGIN PRIVATE KEY----- ${body.replaceAll('\n', ' ')}and so on`, /^\[KEY_1\] short== and so on$/],
  ])('takes a private key %s', (_name, text, out) => {
    const { text: redacted } = redact(text, [finding(text, [0, 60])], createVault());
    if (typeof out === 'string') expect(redacted).toBe(out);
    else expect(redacted).toMatch(out);
  });

  it.each([
    ['jane.doe@mail.example', 'j***@…'],
    ['4111 1111 1111 1111', '4***'],
    ['👍🏽 secret', '👍🏽***'],
  ])('masks %j as %j', (value, mask) => {
    const { text, redactions } = redact(value, [finding(value, [0, value.length])], 'mask');
    expect(text).toBe(mask);
    expect(redactions[0]?.shown).toBe(mask);
  });
});

describe('starred', () => {
  it('covers what the vault gave, and nothing that only looks like it', () => {
    const vault = createVault();
    expect(starred(`${vault.placeholderFor('KEY', 'sk')}, [KEY_2]`, vault)).toBe('*******, [KEY_2]');
  });
});

describe('a vault', () => {
  it('gives no placeholder that a text already holds, before or after', () => {
    const vault = createVault();
    const first = 'Is [EMAIL_1] free? jane@a.example';
    const redacted = redact(first, [finds(first, 'jane@a.example', 'op-contact-001')], vault).text;
    expect(redacted).toBe('Is [EMAIL_1] free? [EMAIL_2]');
    const second = redact('And [EMAIL_2]?', [], vault).text;
    expect(second).toBe('And [TEXT_1]?');
    expect([restore(redacted, vault), restore(second, vault)]).toEqual([first, 'And [EMAIL_2]?']);
  });

  it('comes back as it was from its data', () => {
    const vault = createVault({ prefix: 'ANSWER_' });
    const text = redact('[X_1] secret', [finding('[X_1] secret', [6, 12])], vault).text;
    const again = createVault({ data: JSON.parse(JSON.stringify(vault.data())) });
    expect(again.data()).toEqual(vault.data());
    expect(restore(text, again)).toBe('[X_1] secret');
    expect([again.placeholderFor('KEY', 'secret'), again.placeholderFor('KEY', 'other'), again.literal('[X_1]')]).toEqual([
      '[ANSWER_KEY_1]',
      '[ANSWER_KEY_2]',
      '[X_1]',
    ]);
  });

  it('forgets every value, and gives none of its placeholders again', () => {
    const vault = createVault();
    vault.placeholderFor('KEY', 'old');
    vault.forget();
    expect(JSON.stringify(vault.data())).not.toContain('old');
    expect([restore('[KEY_1]', vault), vault.placeholderFor('KEY', 'new')]).toEqual(['[KEY_1]', '[KEY_2]']);
  });

  it.each([[null], [{}], [{ prefix: 'a', entries: [], taken: [] }], [{ prefix: '', entries: [['[A_1]']], taken: [] }]])('is not made of %j', (data) => {
    expect(() => createVault({ data })).toThrow(expect.objectContaining({ code: 'input-invalid' }));
  });
});

describe('for any text, any spans, any chunks', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      '[KEY_1]',
      '[KEY_',
      '1]',
      '[',
      ']',
      '[TEXT_1]',
      '[EMAIL_2]',
      'sk-0123456789',
      '👩‍👩‍👧',
      'e\u0301',
      '\ud83d',
      ' ',
      '\r\n',
      '-----BEGIN PRIVATE KEY-----\nMIIE',
      '-----END',
    ),
  );
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  const shares = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 5 });
  const at = (whole: string, share: number): number => Math.round(share * whole.length);
  const findingsIn = (whole: string, of: readonly (readonly [number, number])[]): RuleFinding[] =>
    of.map(([a, b]) => finding(whole, [at(whole, Math.min(a, b)), at(whole, Math.max(a, b))]));
  const inChunks = (whole: string, cuts: readonly number[], vault: Vault): string => {
    const { push, end } = restorer(vault);
    const places = [0, ...cuts.map((share) => at(whole, share)).sort((a, b) => a - b), whole.length];
    return places.map((place, index) => push(whole.slice(places[index - 1] ?? 0, place))).join('') + end();
  };

  it('restoring gives the text, whole or in chunks, also of texts redacted before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, shares), { minLength: 1, maxLength: 4 }), fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (texts, cuts) => {
        const vault = createVault();
        const redacted = texts.map(([whole, of]) => redact(whole, findingsIn(whole, of), vault).text);
        expect(redacted.map((one) => restore(one, vault))).toEqual(texts.map(([whole]) => whole));
        expect(redacted.map((one) => inChunks(one, cuts, vault))).toEqual(texts.map(([whole]) => whole));
      }),
      { numRuns: 1000 },
    );
  });

  it('every unit of every span is gone, and no character is parted', () => {
    const whole = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    fc.assert(
      fc.property(text, shares, (original, of) => {
        const findings = findingsIn(original, of);
        const { text: out, redactions } = redact(original, findings, 'mask');
        for (const { span } of findings) {
          if (span[1] > span[0]) expect(redactions.some((redaction) => redaction.span[0] <= span[0] && redaction.span[1] >= span[1])).toBe(true);
        }
        const edges = new Set([...[...whole.segment(original)].map(({ index }) => index), original.length]);
        for (const { span } of redactions) expect([edges.has(span[0]), edges.has(span[1])]).toEqual([true, true]);
        // What is left is the text between the spans.
        let rest = out;
        for (const {
          at: [start, end],
        } of redactions.toReversed())
          rest = rest.slice(0, start) + rest.slice(end);
        let left = original;
        for (const {
          span: [start, end],
        } of redactions.toReversed())
          left = left.slice(0, start) + left.slice(end);
        expect(rest).toBe(left);
      }),
      { numRuns: 1000 },
    );
  });
});
