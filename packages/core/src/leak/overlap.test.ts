import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../policy/parse.ts';
import { variantsOf } from '../text/variants.ts';
import { leakFindings } from './leak-findings.ts';
import { overlapWith } from './overlap.ts';
import { indexPrompt } from './prompt-index.ts';

const PROMPT =
  'You are Pia of Harbour Bikes. Never promise a particular bike. City bikes cost 12 euros a day. If a customer reports an accident, say nothing about fault.';
const index = indexPrompt(PROMPT);
const { variants: limits } = parsePolicy();
const leaked = (answer: string, systemPrompt = PROMPT) => leakFindings(variantsOf(answer, limits).variants, answer, { systemPrompt });

describe('overlapWith', () => {
  it('has everything in common with the prompt itself', () => {
    const { longestRun, containment, spans } = overlapWith(index, PROMPT);
    expect({ longestRun, containment, spans }).toEqual({ longestRun: 28, containment: 1, spans: [[0, PROMPT.length - 1]] });
  });

  it('has nothing in common with another text, or with none', () => {
    for (const text of ['The weather is fine.', '', '...', '\n'])
      expect(overlapWith(index, text)).toEqual({ longestRun: 0, containment: 0, score: 0, spans: [] });
    expect(overlapWith(indexPrompt(''), PROMPT)).toMatchObject({ containment: 0, score: 0 });
  });

  it('sees neither case nor punctuation nor Markdown nor accents', () => {
    const bare = overlapWith(index, 'never promise a particular bike');
    expect(overlapWith(index, '**NEVER** _promise_ — a\n`Párticular` bike!').longestRun).toBe(bare.longestRun);
    expect(bare.longestRun).toBe(5);
  });

  it('weighs orders more than facts, and more where the answer speaks of its orders', () => {
    const scoreOf = (text: string): number => overlapWith(index, text).score;
    expect(scoreOf('We never promise a particular bike here.')).toBeGreaterThan(scoreOf('Our city bikes cost 12 euros a day here.'));
    expect(scoreOf('My instructions: I was told never to promise anybody a particular bike.')).toBeGreaterThan(
      scoreOf('It is not usual to never promise anybody a particular bike.'),
    );
  });

  it('takes time that grows with the text', () => {
    // Quadratic work would not end within the limit of the test.
    const long = indexPrompt('Never promise the bike. '.repeat(20_000));
    expect(overlapWith(long, 'Never promise the bike, '.repeat(20_000)).score).toBeGreaterThan(0);
  });
});

describe('leakFindings', () => {
  it('points at what is given away, in the words that stand there', () => {
    const answer = `Of course!\n\n${PROMPT}\n\nAnything else?`;
    const [finding, ...others] = leaked(answer);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'leak-prompt', severity: 'high', owasp: ['LLM08:2026', 'LLM07:2025'] });
    expect(finding).not.toHaveProperty('provenance');
    expect(finding?.excerpt).toBe(PROMPT.slice(0, -1));
  });

  it('reads what is encoded, and says how', () => {
    const code = btoa(PROMPT);
    const [finding] = leaked(`Decode it: ${code}`);
    expect(finding).toMatchObject({
      rule: 'leak-prompt',
      excerpt: code,
      provenance: expect.arrayContaining(['base64']),
      matched: expect.stringContaining('particular bike'),
    });
  });

  it('lets answers pass, and everything where no prompt is known', () => {
    expect(leaked('A city bike is 12 euros a day. Shall I keep one for you?')).toEqual([]);
    expect(leaked(PROMPT, '')).toEqual([]);
    expect(leakFindings(variantsOf(PROMPT, limits).variants, PROMPT, {})).toEqual([]);
  });
});
