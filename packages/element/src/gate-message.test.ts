import type { Degraded, Verdict } from '@portcullis/guard';
import { describe, expect, it } from 'vitest';
import type { Gate } from './gate.ts';
import { adviceFor, degradedNote, messageOf } from './gate-message.ts';

const verdict: Verdict = {
  decision: 'block',
  score: 0.9,
  confidence: 0.9,
  uncertainty: 0,
  signals: [],
  findings: [],
  reason: 'Held back: overrides instructions.',
  backend: 'wasm',
  latencyMs: 1,
  bundle: 'test@0',
};
const degradedBy = (degraded: Partial<Degraded>): Verdict => ({
  ...verdict,
  degraded: { reason: { code: 'inference-failed', message: 'the session ended' }, missing: [], coverage: 1, ...degraded },
});
const judged = { text: 'a', verdict };

describe('messageOf', () => {
  it.each<[Gate, string, boolean]>([
    [{ name: 'loading' }, 'busy', false],
    [{ name: 'loading', held: 'a' }, 'busy', false],
    [{ name: 'ready' }, 'quiet', false],
    [{ name: 'scanning', text: 'a' }, 'busy', false],
    [{ name: 'allowed', overridden: false, ...judged }, 'ok', false],
    [{ name: 'allowed', overridden: true, ...judged }, 'warn', false],
    [{ name: 'warned', ...judged }, 'warn', false],
    [{ name: 'vetoed', ...judged }, 'warn', false],
    [{ name: 'blocked', ...judged }, 'block', true],
    [{ name: 'error', error: { code: 'worker-crashed', message: 'gone' } }, 'error', true],
  ])('gives %j the tone %s; interrupts: %s', (gate, tone, urgent) => {
    expect(messageOf(gate)).toMatchObject({ tone, urgent, headline: expect.stringMatching(/^[A-Z].*[^.]$/) });
  });

  it('tells a person that a held text needs nothing more from them', () => {
    expect(messageOf({ name: 'loading', held: 'a' }).headline).toContain('Held');
    expect(messageOf({ name: 'loading' }).headline).not.toContain('Held');
  });

  it('gives the verdict’s own reason where there is a verdict', () => {
    for (const name of ['blocked', 'warned'] as const) expect(messageOf({ name, ...judged }).detail).toBe(verdict.reason);
  });

  it('keeps the guard’s view apart from the page’s own', () => {
    expect(messageOf({ name: 'vetoed', ...judged }).detail).toBe(`The guard’s own view: ${verdict.reason}`);
  });

  it('says that nothing was sent wherever nothing was', () => {
    expect(messageOf({ name: 'blocked', ...judged }).headline).toContain('Nothing was sent');
    expect(messageOf({ name: 'vetoed', ...judged }).headline).toContain('Nothing was sent');
    expect(messageOf({ name: 'error', error: { code: 'closed', message: '' } }).headline).toContain('nothing can be sent');
  });

  it('advises by the error’s code and keeps its message out of the sentence', () => {
    const message = messageOf({ name: 'error', error: { code: 'bundle-network', message: '<b>503</b>' } });
    expect(message.detail).toBe(adviceFor({ code: 'bundle-network', message: '' }));
    expect(message.detail).not.toContain('503');
  });
});

describe('degradedNote', () => {
  it('has nothing to say of a complete verdict', () => {
    expect(degradedNote(verdict)).toBeUndefined();
  });

  it('names what is missing and how much was seen', () => {
    expect(degradedNote(degradedBy({ missing: ['classifier', 'anomaly'], coverage: 0 }))).toBe(
      'Incomplete check (without classifier, anomaly; the models saw 0% of the text): the session ended.',
    );
    expect(degradedNote(degradedBy({ missing: ['anomaly'] }))).toBe('Incomplete check (without anomaly): the session ended.');
    expect(degradedNote(degradedBy({}))).toBe('Incomplete check: the session ended.');
  });

  it('does not repeat what the reason says', () => {
    const said = { ...degradedBy({ coverage: 0.4 }), reason: 'Held back: the session ended.' };
    expect(degradedNote(said)).toBe('Incomplete check (the models saw 40% of the text).');
  });

  it('never rounds up to the whole text', () => {
    expect(degradedNote(degradedBy({ coverage: 0.999 }))).toContain('saw 99% of');
  });
});
