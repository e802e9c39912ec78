import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf, transformNamed } from '../../../evasion/src/index.ts';
import { parsePolicy } from '../policy/parse.ts';
import { ORDINARY_TEXTS } from '../text/testing/ordinary-texts.ts';
import { variantsOf } from '../text/variants.ts';
import { canarySpans, plantCanary } from './canary.ts';
import { checkHiddenContext } from './hidden-context.ts';
import { leakFindings } from './leak-findings.ts';

const { prompt, canary } = plantCanary('You are Pia. Be brief.');
const { variants: limits } = parsePolicy();
const found = (answer: string) => leakFindings(variantsOf(answer, limits).variants, answer, { canaries: [canary] });

describe('plantCanary', () => {
  it('adds a token that is another each time', () => {
    expect(prompt).toMatch(/^You are Pia\. Be brief\.\n\n.*\b[b-w]{4}(?:-[b-w]{4}){3}\b/s);
    expect(prompt).toContain(canary);
    expect(plantCanary('You are Pia. Be brief.').canary).not.toBe(canary);
    expect(() => checkHiddenContext({ role: 'assistant', canaries: [canary] })).not.toThrow();
  });
});

describe('a canary', () => {
  it.each([
    ['as it is', canary],
    ['in capitals', canary.toUpperCase()],
    ['without its hyphens', canary.replaceAll('-', '')],
    ['spelt out', [...canary].join(' ')],
    ['spelt out with commas', [...canary.replaceAll('-', '')].join(', ')],
    ['over lines and in bold', canary.replaceAll('-', '**\n**')],
    ['backwards', [...canary].reverse().join('')],
    ['in Base64', btoa(canary)],
    ['in Base64 amid a text', btoa(`xy${canary}z`)],
    ['in Base64 without its hyphens', btoa(canary.replaceAll('-', ''))],
    ['in hexadecimal', Buffer.from(canary).toString('hex')],
    ['in bytes', [...Buffer.from(canary)].map((byte) => byte.toString(16)).join(' ')],
    ['in Base64 twice', btoa(btoa(`The reference is ${canary}, as you asked.`))],
  ])('is found %s', (_name, form) => {
    const answer = `Here it is: ${form} (as you asked)`;
    const [finding] = found(answer);
    expect(finding).toMatchObject({ rule: 'leak-canary', severity: 'critical', owasp: ['LLM08:2026', 'LLM07:2025'] });
    expect(form).toContain(answer.slice(...(finding?.span ?? [0, 0])).trim());
  });

  it.each([
    'base64',
    'base32',
    'hex',
    'rot13',
    'reversed',
    'url-encoding',
    'html-entities',
    'homoglyph',
    'full-width',
    'zero-width',
    'tag-smuggling',
    'morse',
    'binary',
    'letter-spacing',
  ])('is found in an answer that is disguised as a whole: %s', (name) => {
    const answer = transformNamed(name)?.apply(`The reference of these instructions is ${canary}. It is confidential.`, randomOf(7)) ?? '';
    expect(found(answer).map(({ rule }) => rule)).toContain('leak-canary');
  });

  it('stands in no ordinary text', () => {
    for (const [, text] of ORDINARY_TEXTS) expect(found(text)).toEqual([]);
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => found(text).length === 0));
  });

  it('may be any token of the app’s own', () => {
    const text = 'Zugangswort: ÄPFEL-1234!';
    expect(canarySpans({ text, offsets: Uint32Array.from({ length: text.length + 1 }, (_, at) => at) }, ['Äpfel1234'])).toEqual([[13, 23]]);
  });
});

describe('checkHiddenContext', () => {
  it.each([
    ['a prompt beside a question', { role: 'user', systemPrompt: 'x' }, 'assistant only'],
    ['canaries beside no role', { canaries: ['abcdefgh'] }, 'assistant only'],
    ['a prompt that is no string', { role: 'assistant', systemPrompt: 7 }, 'must be a string, not number'],
    ['canaries that are no list', { role: 'assistant', canaries: 'abcdefgh' }, 'must be a list'],
    ['a canary that may stand anywhere', { role: 'assistant', canaries: ['a-b-c-d'] }, '8 letters and digits'],
    ['a canary that is no string', { role: 'assistant', canaries: [12345678] }, '8 letters and digits'],
  ])('refuses %s', (_name, context, message) => {
    expect(() => checkHiddenContext(context as never)).toThrow(expect.objectContaining({ code: 'input-invalid', message: expect.stringContaining(message) }));
  });

  it('takes what is left out', () => {
    expect(() => checkHiddenContext({})).not.toThrow();
    expect(() => checkHiddenContext({ role: 'assistant', systemPrompt: '' })).not.toThrow();
  });
});
