import type { Decision, SaidTurn } from '@portcullis/guard';
import type { LastVerdict } from '../state.ts';

/** A turn on the chart. */
export interface CoursePoint {
  readonly turn: number;
  readonly risk: number;
  readonly decision: Decision;
  /** False of a turn that was held and has not been sent. */
  readonly sent: boolean;
}

/** The conversation's risk by the user's turns, oldest first; last the turn that is held now, if one is. What could not be scored is left out. */
export function courseOf(turns: readonly SaidTurn[], last: LastVerdict | undefined): readonly CoursePoint[] {
  const said = turns.flatMap((turn): CoursePoint[] =>
    turn.role === 'user' && turn.risk !== null ? [{ turn: turn.number, risk: turn.risk, decision: turn.decision, sent: true }] : [],
  );
  const { conversation, decision = 'allow' } = last?.verdict ?? {};
  if (decision === 'allow' || conversation?.risk == null || conversation.turn <= (said.at(-1)?.turn ?? 0)) return said;
  return [...said, { turn: conversation.turn, risk: conversation.risk, decision, sent: false }];
}
