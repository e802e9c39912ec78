import { describe, expect, it } from 'vitest';
import type { Decision } from '../verdict.ts';
import { type ConversationState, earlierTurns, hashOf, NO_TURNS, type UserTurn, userTurns, withTurn } from './turn.ts';

const turn = (number: number, decision: Decision = 'allow'): UserTurn => ({
  role: 'user',
  number,
  hash: hashOf(`turn ${number}`),
  score: 0.1,
  risk: 0.1,
  decision,
  bundle: 'b@1',
});
const answer = { role: 'assistant', hash: hashOf('answer') } as const;
const numbers = (state: ConversationState): number[] => userTurns(state).map(({ number }) => number);

describe('a conversation’s window', () => {
  it('keeps the last user turns, and what others said since the oldest of them', () => {
    let state = NO_TURNS;
    for (let number = 1; number <= 9; number += 1) state = withTurn(withTurn(state, turn(number), 6), answer, 6);
    expect(numbers(state)).toEqual([4, 5, 6, 7, 8, 9]);
    expect(state.said).toBe(9);
    expect(state.turns).toHaveLength(12);
    expect(state.turns[0]).toMatchObject({ role: 'user', number: 4 });
  });

  it('stays bounded whatever others say', () => {
    let state = withTurn(NO_TURNS, turn(1), 2);
    for (let i = 0; i < 1000; i += 1) state = withTurn(state, answer, 2);
    expect(state.turns.length).toBeLessThanOrEqual(10);
    expect(state.said).toBe(1);
  });

  it('gives a turn those before it that the window has room for beside it', () => {
    let state = NO_TURNS;
    for (let number = 1; number <= 4; number += 1) state = withTurn(state, turn(number), 3);
    expect(earlierTurns(state, 3).map(({ number }) => number)).toEqual([3, 4]);
    expect(earlierTurns(state, 1)).toEqual([]);
    expect(earlierTurns(state, 50).map(({ number }) => number)).toEqual([2, 3, 4]);
  });

  it('remembers the first turn that was held and sent all the same, after it has left the window, too', () => {
    let state = withTurn(NO_TURNS, turn(1), 2);
    expect(state).not.toHaveProperty('caughtAt');
    for (const next of [turn(2, 'warn'), turn(3), turn(4, 'warn'), turn(5), turn(6)]) state = withTurn(state, next, 2);
    expect(state.caughtAt).toBe(2);
  });
});

describe('hashOf', () => {
  it('is SHA-256 of the text as UTF-8', () => {
    expect(hashOf('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hashOf('ü')).toBe('607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f');
  });
});
