import { logit, sigmoid } from '../fuse.ts';

/**
 * A turn's score with what earlier turns add to it: the cumulative sum (CUSUM, Page 1954) of how far the log-odds lie above those of
 * `reference`. Turns below it wear the sum off, and it never falls below nothing: a harmless past excuses no turn.
 * @param earlier Scores of the turns before, oldest first.
 */
export function accumulated(score: number, earlier: readonly number[], reference: number): number {
  const carried = earlier.reduce((sum, one) => Math.max(0, sum + logit(one) - logit(reference)), 0);
  return carried === 0 ? score : sigmoid(logit(score) + carried);
}
