import type { Signal, SignalName } from '@portcullis/core';
import { describe, expect, it } from 'vitest';
import type { Measured } from './metrics.ts';
import { signalReport } from './signal-report.ts';

type Scores = Partial<Record<SignalName, number>>;

const NONE: Scores = { classifier: 0, lexical: 0, trees: 0, pattern: 0, similarity: 0, anomaly: 0, intent: 0 };
const signals = (scores: Scores): Signal[] => Object.entries({ ...NONE, ...scores }).map(([name, score]) => ({ name: name as SignalName, score, raw: 0 }));
const row = (label: 0 | 1, score: number, scores: Scores = {}): Measured => ({ set: 's', label, score, blocked: score >= 0.5, signals: signals(scores) });
const lineOf = (text: string, name: string): string | undefined => text.split('\n').find((line) => line.startsWith(`| ${name} |`));

describe('signalReport', () => {
  const rows = [
    row(1, 0.97, { pattern: 0.97 }),
    row(1, 0.8, { classifier: 0.8, lexical: 0.7 }),
    row(1, 0.6, { classifier: 0.6 }),
    row(1, 0.1, { similarity: 0.9 }),
    row(0, 0.6, { lexical: 0.9 }),
    row(0, 0.1),
  ];
  const text = signalReport(rows, 0.5);

  it('counts what each vote holds, and what no other one does', () => {
    expect(lineOf(text, 'classifier')).toBe('| classifier | 0.750 | 50.0 | 25.0 | 0.0 | 0.0 |');
    expect(lineOf(text, 'lexical')).toBe('| lexical | 0.313 | 25.0 | 0.0 | 50.0 | 50.0 |');
    expect(lineOf(text, 'pattern')).toBe('| pattern | 0.625 | 25.0 | 25.0 | 0.0 | 0.0 |');
  });

  it('only ranks by what is no vote', () => {
    expect(lineOf(text, 'similarity')).toBe('| similarity | 0.625 | – | – | – | – |');
  });

  it('takes the rules out of the noisy-or, and the models', () => {
    expect(lineOf(text, 'rules and models')).toBe('| rules and models | 0.750 | 75.0 | 50.0 |');
    expect(lineOf(text, 'models without the rules')).toBe('| models without the rules | 0.500 | 50.0 | 50.0 |');
    expect(lineOf(text, 'rules without the models')).toBe('| rules without the models | 0.625 | 25.0 | 100.0 |');
  });
});
