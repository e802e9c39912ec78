import type { Finding, SignalName } from '@portcullis/core';
import { describe, expect, it } from 'vitest';
import { telling } from './telling.ts';

const by = (signal: SignalName, score: number): Finding => ({ signal, title: signal, score, span: [0, 1] });
const rule: Finding = { rule: 'pi-test-001', title: 'A rule', severity: 'low', span: [0, 1], excerpt: 'x', owasp: [], atlas: [] };
const thresholds = { block: 0.7, warn: 0.5 };

describe('telling', () => {
  it('is silent on the learned heads below the warning', () => {
    expect(telling([by('classifier', 0.6), by('lexical', 0.1), by('anomaly', 1), rule], 0.49, thresholds)).toEqual([by('anomaly', 1), rule]);
  });

  it('names each head that would warn alone, strongest first', () => {
    expect(telling([by('classifier', 0.6), by('lexical', 0.9)], 0.9, thresholds)).toEqual([by('lexical', 0.9), by('classifier', 0.6)]);
    expect(telling([by('classifier', 0.6), by('lexical', 0.2)], 0.6, thresholds)).toEqual([by('classifier', 0.6)]);
  });

  it('names the surer head where they warn only together', () => {
    expect(telling([by('classifier', 0.4), by('lexical', 0.45), by('anomaly', 1)], 0.5, thresholds)).toEqual([by('anomaly', 1), by('lexical', 0.45)]);
  });

  it('leaves the explanation to a rule, where no head would warn', () => {
    expect(telling([by('classifier', 0.1), by('lexical', 0.2), rule], 0.6, thresholds)).toEqual([rule]);
  });
});
