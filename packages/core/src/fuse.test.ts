import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuse, patternSignal, strongestFirst, uncertaintyOf } from './fuse.ts';
import type { RuleFinding, Severity, Signal } from './verdict.ts';

const finding = (severity: Severity): RuleFinding => ({ rule: 'pi-test-001', title: 'A rule', severity, span: [2, 5], excerpt: 'x', owasp: [], atlas: [] });
const signal = (name: Signal['name'], score: number, raw = 1): Signal => ({ name, score, raw });
const probability = fc.double({ min: 0, max: 1, noNaN: true });

describe('patternSignal', () => {
  it('is zero without findings', () => {
    expect(patternSignal([])).toEqual({ name: 'pattern', score: 0, raw: 0 });
  });

  it('takes the first, strongest finding', () => {
    expect(patternSignal([finding('high'), finding('low')])).toEqual({ name: 'pattern', score: 0.97, raw: 2, span: [2, 5] });
  });

  it('takes no account of a text that was smuggled: what it says counts', () => {
    const smuggled = { ...finding('medium'), rule: 'hidden-tag-characters' };
    expect(patternSignal([smuggled])).toEqual({ name: 'pattern', score: 0, raw: 0 });
    expect(patternSignal([smuggled, finding('low')])).toEqual({ name: 'pattern', score: 0.1, raw: 1, span: [2, 5] });
  });
});

describe('fuse', () => {
  const fusion = { features: { classifier: { weight: 1, mean: 2, std: 2 }, lexical: { weight: 1, mean: 0, std: 4 } }, bias: 0 };
  const learned = (classifier: number, lexical: number): Signal[] => [signal('classifier', 0.5, classifier), signal('lexical', 0.5, lexical)];

  it('joins the z-normalised figures of the learned heads as the fusion weighs them', () => {
    expect(fuse(learned(4, -4), fusion)).toBeCloseTo(0.5);
    expect(fuse(learned(4, 4), fusion)).toBeCloseTo(1 / (1 + Math.exp(-2)));
  });

  it('is their noisy-or with the pattern', () => {
    expect(fuse([...learned(4, -4), signal('pattern', 0.35)], fusion)).toBeCloseTo(0.675);
  });

  it('leaves out a signal that it has no feature for', () => {
    expect(fuse([...learned(1, 2), signal('anomaly', 1)], fusion)).toBe(fuse(learned(1, 2), fusion));
    expect(
      fuse([...learned(1, 2), signal('anomaly', 1, 0.4)], { ...fusion, features: { ...fusion.features, anomaly: { weight: 1, mean: 0.5, std: 0.1 } } }),
    ).toBeCloseTo(1 / (1 + Math.exp(1)));
  });

  it('is no number without a learned head: a part is no score', () => {
    expect(fuse([signal('classifier', 0.9), signal('pattern', 0.97)], fusion)).toBeNaN();
  });

  it('stays in [0, 1], at or above the pattern, and rises with each head', () => {
    const logit = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(logit, logit, probability, (classifier, lexical, pattern) => {
        const score = fuse([...learned(classifier, lexical), signal('pattern', pattern)], fusion);
        expect(score).toBeLessThanOrEqual(1);
        expect(score).toBeGreaterThanOrEqual(pattern - 1e-12);
        expect(fuse([...learned(classifier + 1, lexical + 1), signal('pattern', pattern)], fusion)).toBeGreaterThanOrEqual(score);
      }),
    );
  });
});

describe('uncertaintyOf', () => {
  it('is zero for one voter and for voters who agree', () => {
    expect(uncertaintyOf([signal('classifier', 0.5)])).toBe(0);
    expect(uncertaintyOf([signal('classifier', 0.7), signal('anomaly', 0.7)])).toBeCloseTo(0);
  });

  it('is 2σ, at most 1', () => {
    expect(uncertaintyOf([signal('classifier', 0.2), signal('anomaly', 0.6)])).toBeCloseTo(0.4);
    expect(uncertaintyOf([signal('classifier', 0), signal('anomaly', 1)])).toBe(1);
  });

  it('hears no pattern that found nothing', () => {
    expect(uncertaintyOf([signal('classifier', 0.9), signal('pattern', 0, 0)])).toBe(0);
  });

  it('hears no signal that is evidence only', () => {
    expect(uncertaintyOf([signal('classifier', 0.9), signal('trees', 0.9), signal('similarity', 0.1), signal('intent', 0)])).toBeCloseTo(0);
  });
});

describe('strongestFirst', () => {
  it('puts rules that alert by themselves first, orders the rest together, and leaves equals as they were', () => {
    const doubt = { signal: 'classifier', title: 'A signal', score: 0.6, span: [0, 3] } as const;
    const sure = { ...doubt, score: 0.98 };
    const high = finding('high');
    const another = { ...high, rule: 'pi-test-002' };
    expect(strongestFirst([finding('low'), doubt, high, another, sure])).toEqual([high, another, sure, doubt, finding('low')]);
  });
});
