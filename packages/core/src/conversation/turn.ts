import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Role } from '../policy/role.ts';
import type { Decision, Verdict } from '../verdict.ts';

/** What the models made of a text, for those who read several in a row. */
export interface TextReading {
  /** Unit vector of the window that speaks most for an attack. */
  readonly embedding: Float32Array;
  /** Log-odds that the learned signals join to, without rules. */
  readonly logit: number;
}

/** What is kept of a user's turn that was said. */
export interface UserTurn {
  readonly role: 'user';
  /** Among the user's turns of the conversation, from 1. */
  readonly number: number;
  /** SHA-256 of the text as UTF-8, hexadecimal. */
  readonly hash: string;
  /** Of the turn by itself; `null` where nothing could score it. */
  readonly score: number | null;
  /** What the conversation had come to with it. */
  readonly risk: number | null;
  readonly decision: Decision;
  /** Of the bundle that read it: another's embeddings are not compared. */
  readonly bundle: string;
  readonly reading?: TextReading;
  /** Only where it is held in memory, or the policy stores it. */
  readonly text?: string;
}

/** What is kept of what others said. */
export interface OtherTurn {
  readonly role: Exclude<Role, 'user'>;
  readonly hash: string;
}

export type SaidTurn = UserTurn | OtherTurn;

/** A conversation so far: its newest turns and what outlives them. Plain data, which can be stored. */
export interface ConversationState {
  /** User turns that were said, those that have left the window included. */
  readonly said: number;
  /** Number of the first user turn that was held, and sent all the same. */
  readonly caughtAt?: number;
  /** Oldest first. */
  readonly turns: readonly SaidTurn[];
}

export const NO_TURNS: ConversationState = { said: 0, turns: [] };

/** Turns of others that are kept for each of the user's, at most. */
const OTHERS = 4;

export const userTurns = ({ turns }: ConversationState): readonly UserTurn[] => turns.filter((turn) => turn.role === 'user');

/** Those that are read with the next: one less than the window holds. */
export function earlierTurns(state: ConversationState, window: number): readonly UserTurn[] {
  const turns = userTurns(state);
  return turns.slice(Math.max(0, turns.length - (window - 1)));
}

/** SHA-256 of a text as UTF-8, hexadecimal. */
export const hashOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** The conversation once this was said, too: from the oldest of the last `window` user turns on. */
export function withTurn(state: ConversationState, turn: SaidTurn, window: number): ConversationState {
  const turns = [...state.turns, turn];
  const oldest = turns.filter(({ role }) => role === 'user').at(-window);
  const kept = turns.slice(oldest === undefined ? 0 : turns.indexOf(oldest)).slice(-window * (1 + OTHERS));
  if (turn.role !== 'user') return { ...state, turns: kept };
  const caughtAt = state.caughtAt ?? (turn.decision === 'allow' ? undefined : turn.number);
  return { said: turn.number, turns: kept, ...(caughtAt !== undefined && { caughtAt }) };
}

/** A turn as it is kept, once it was said. */
export function userTurn(
  verdict: Pick<Verdict, 'score' | 'decision' | 'bundle' | 'conversation'>,
  { number, hash, reading, text }: Pick<UserTurn, 'number' | 'hash' | 'reading' | 'text'>,
): UserTurn {
  const { score, decision, bundle, conversation } = verdict;
  return {
    role: 'user',
    number,
    hash,
    score,
    risk: conversation?.risk ?? score,
    decision,
    bundle,
    ...(reading && { reading }),
    ...(text !== undefined && { text }),
  };
}
