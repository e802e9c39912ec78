import { describe, expect, it } from 'vitest';
import { parsePolicy } from './parse.ts';
import { PRESETS } from './presets.ts';

describe('parsePolicy', () => {
  it('fills the defaults, and fails closed', () => {
    expect(parsePolicy()).toEqual({
      preset: 'balanced',
      mode: 'production',
      blockSeverity: 'high',
      warnSeverity: 'never',
      fail: 'closed',
      sendAnyway: 'free',
      maxTokens: 16_384,
      gray: [0.15, 0.85],
      variants: { maxVariants: 32, maxBytes: 1_048_576 },
      roles: {},
      answer: { redact: 'medium', stop: 'critical', hold: 'sentence' },
      sources: [],
      allow: { phrases: [], sources: [] },
      conversation: { window: 6, cumulative: true, store: 'nothing' },
      tools: { level: 'unasked', unasked: 'block', schema: 'note', maxWindows: 24, rules: [] },
    });
  });

  it.each([
    [{ block: 1.5 }, /^policy\.block: /],
    [{ block: Number.NaN }, /^policy\.block: /],
    [{ fail: 'ajar' }, /^policy\.fail: /],
    [{ blockk: 0.5 }, /^policy\.blockk: /],
    [{ maxTokens: 12.5 }, /^policy\.maxTokens: /],
    [{ block: 0.4, warn: 0.6 }, /^policy\.warn: 0\.6 lies above/],
    [{ mode: 'loose' }, /^policy\.mode: /],
    [{ roles: { tool: { block: 2 } } }, /^policy\.roles\.tool\.block: /],
    [{ roles: { narrator: {} } }, /^policy\.roles\.narrator: /],
    [{ roles: { tool: { block: 0.2, warn: 0.3 } } }, /^policy\.roles\.tool\.warn: 0\.3 lies above policy\.roles\.tool\.block/],
    [{ sources: [{ match: '*' }, { block: 0.2 }] }, /^policy\.sources\.1\.match: /],
    [{ conversation: { window: 0 } }, /^policy\.conversation\.window: /],
    [{ conversation: { store: 'everything' } }, /^policy\.conversation\.store: /],
    [{ conversation: { block: 0.2, warn: 0.3 } }, /^policy\.conversation\.warn: 0\.3 lies above policy\.conversation\.block/],
    [{ gray: [0.8, 0.2] }, /^policy\.gray: /],
    [{ gray: [0.2, 0.8, 0.9] }, /^policy\.gray/],
    [{ variants: { maxVariants: 0 } }, /^policy\.variants\.maxVariants: /],
    [{ allow: { phrases: [{ text: 'ab' }] } }, /^policy\.allow\.phrases\.0\.text: /],
    [{ allow: { sources: [{ match: 'x', expires: 'soon' }] } }, /^policy\.allow\.sources\.0\.expires: /],
    [{ allow: { sources: [{ match: 'x', expires: '2026-13-40' }] } }, /^policy\.allow\.sources\.0\.expires: /],
    ['strict', /^policy\./],
    [null, /^policy\./],
  ])('refuses %j and names the field', (input, message) => {
    expect(() => parsePolicy(input)).toThrow(expect.objectContaining({ code: 'policy-invalid', message: expect.stringMatching(message) }));
  });

  it('takes what a preset sets, unless a field says otherwise', () => {
    expect(parsePolicy({ preset: 'strict' })).toMatchObject({ block: 0.5, warn: 0.15, warnSeverity: 'medium', benignGuard: false });
    expect(parsePolicy({ preset: 'strict', block: 0.7, warnSeverity: 'never' })).toMatchObject({ block: 0.7, warn: 0.15, warnSeverity: 'never' });
    expect(parsePolicy({ preset: 'quiet', warn: undefined })).toMatchObject({ block: 0.9, warn: 0.9 });
    expect(parsePolicy({ preset: 'balanced' })).toEqual(parsePolicy());
  });

  it('ships presets that are policies', () => {
    for (const preset of Object.values(PRESETS)) expect(() => parsePolicy(preset)).not.toThrow();
  });
});
