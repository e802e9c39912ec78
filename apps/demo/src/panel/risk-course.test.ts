import type { Decision, UserTurn, Verdict } from '@portcullis/guard';
import { describe, expect, it } from 'vitest';
import { courseOf } from './risk-course.ts';

const turn = (number: number, risk: number | null, decision: Decision = 'allow'): UserTurn => ({
  role: 'user',
  number,
  hash: '',
  score: risk,
  risk,
  decision,
  bundle: 'b@1',
});
const last = (decision: Decision, turn: number, risk: number | null) => {
  const verdict = { decision, conversation: { turn, turns: turn, peak: risk, risk } } as Partial<Verdict> as Verdict;
  return { text: 'x', verdict };
};

describe('courseOf', () => {
  it('has the user’s turns that were scored', () => {
    const course = courseOf([turn(2, 0.1), { role: 'assistant', hash: '' }, turn(3, null), turn(4, 0.4, 'warn')], undefined);
    expect(course).toEqual([
      { turn: 2, risk: 0.1, decision: 'allow', sent: true },
      { turn: 4, risk: 0.4, decision: 'warn', sent: true },
    ]);
  });

  it('ends with the turn that is held', () => {
    expect(courseOf([turn(1, 0.1)], last('block', 2, 0.9))).toMatchObject([{ sent: true }, { turn: 2, risk: 0.9, decision: 'block', sent: false }]);
  });

  it.each([
    ['a turn that passed', last('allow', 2, 0.1)],
    ['one that was sent since', last('warn', 1, 0.5)],
    ['one without a risk', last('block', 2, null)],
  ])('does not show %s twice, or at all', (_name, verdict) => {
    expect(courseOf([turn(1, 0.1)], verdict)).toHaveLength(1);
  });
});
