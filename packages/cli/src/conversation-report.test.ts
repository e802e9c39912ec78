import { describe, expect, it } from 'vitest';
import { catchFigures, type MeasuredConversation, passRate } from './conversation-metrics.ts';
import { conversationReport } from './conversation-report.ts';

describe('catchFigures', () => {
  it('counts conversations at the first turn that is caught', () => {
    const turns = [
      [false, true, false],
      [true, true, true],
      [false, false, false],
      [false, false, true],
    ];
    expect(catchFigures(turns)).toEqual({ conversations: 4, caught: 3, meanFirst: 2, byTurn: [0.25, 0.5, 0.75] });
  });

  it('has no mean of nothing', () => {
    expect(catchFigures([[false]])).toEqual({ conversations: 1, caught: 0, meanFirst: null, byTurn: [0] });
    expect(catchFigures([])).toEqual({ conversations: 0, caught: 0, meanFirst: null, byTurn: [] });
  });

  it('takes a conversation that is shorter for caught no later', () => {
    expect(catchFigures([[true], [false, false, true]]).byTurn).toEqual([0.5, 0.5, 1]);
  });
});

describe('passRate', () => {
  it('is of conversations, and none of nothing', () => {
    expect(passRate([[false, false], [false, true], [false]])).toBeCloseTo(2 / 3, 12);
    expect(passRate([])).toBeNull();
  });
});

const attack: MeasuredConversation = {
  set: 'a',
  label: 1,
  caught: { alone: [false, true], cumulative: [false, false], transcript: [true], without: [false, true], joined: [true, true], held: [true, true] },
  anchor: { model: 'who/guard-v2', scores: [0.2, 0.6] },
};
const benign: MeasuredConversation = { ...attack, set: 'b', label: 0, caught: { alone: [false], transcript: [true], joined: [false] } };

describe('conversationReport', () => {
  const lines = conversationReport([attack, benign], false).split('\n');
  const row = (name: string): string | undefined => lines.find((line) => line.startsWith(`| ${name} |`));

  it('tells what each way to read catches, and when, side by side with another model', () => {
    expect(row('each turn alone')).toBe('| each turn alone | 1 of 1 | 2.00 | 0.0 | 100.0 |');
    expect(row('turns so far as one text')).toBe('| turns so far as one text | 0 of 1 | – | 0.0 | 0.0 |');
    expect(row('full transcript, once')).toBe('| full transcript, once | 1 of 1 | – | – | – |');
    expect(row('all joined')).toBe('| all joined | 1 of 1 | 1.00 | 100.0 | 100.0 |');
    expect(row('guard-v2 on each turn, at 0.5')).toBe('| guard-v2 on each turn, at 0.5 | 1 of 1 | 2.00 | 0.0 | 100.0 |');
    expect(row('guard-v2 on each turn, at 0.15')).toBe('| guard-v2 on each turn, at 0.15 | 1 of 1 | 1.00 | 100.0 | 100.0 |');
  });

  it('tells how many benign ones pass, by set', () => {
    expect(row('b')).toBe('| b | 1 | 100.0 | – | 0.0 | 100.0 | – | 0.0 | 0.0 |');
  });

  it('has no row for what was not measured, and one without the trajectory on demand', () => {
    expect(row('trajectory model alone')).toBeUndefined();
    expect(row('all joined, without the trajectory')).toBeUndefined();
    expect(conversationReport([attack], true)).toContain('| all joined, without the trajectory | 1 of 1 | 2.00 |');
  });
});
