import type { JudgeFailure, JudgeNote, Role } from '@portcullis/core';
import { abortable } from '@portcullis/engine';
import type { JudgeModel } from './judge-model.ts';
import { judgePrompt, opinionIn } from './judge-prompt.ts';
import { isGray, type Judge, judged } from './judged.ts';

export { browserModel, type EndpointModelOptions, endpointModel, type JudgeModel } from './judge-model.ts';
export type { Judge, JudgeRequest } from './judged.ts';

export interface JudgeOptions {
  /** In order: the first that may be asked is. */
  readonly models: readonly JudgeModel[];
  /** Milliseconds that a judge has, 10,000 if left out; a person waits. */
  readonly timeoutMs?: number;
  /** Uncertainty in [0, 1] from which on a judge is asked whatever the score, 0.8 if left out. */
  readonly uncertainty?: number;
  /** Whose texts are judged: `user`, `document` and `tool` if left out. An answer is read many times, and each reading would ask. */
  readonly roles?: readonly Role[];
}

/** Longest text that is judged, in UTF-16 code units. A judge that sees a part could be told that the rest is harmless. */
const LONGEST = 16_384;

/**
 * A judge for `createGuard({ judge })`: a language model that is asked about verdicts in the gray zone (`policy.gray`). The verdict's `judge` says which one
 * it was, and its opinion or why it has none; without one the verdict is as it was. What a rule blocks is not asked about.
 */
export function createJudge({ models, timeoutMs = 10_000, uncertainty = 0.8, roles = ['user', 'document', 'tool'] }: JudgeOptions): Judge {
  return async ({ text, verdict, policy, role = 'user', signal }) => {
    if (!roles.includes(role) || !isGray(verdict, policy, uncertainty)) return verdict;
    const started = performance.now();
    const failed = (by: string, why: JudgeFailure): JudgeNote => ({ by, failed: why, latencyMs: performance.now() - started });
    const late = AbortSignal.timeout(timeoutMs);
    const ended = AbortSignal.any([signal, late]);
    const noteOf = async (): Promise<JudgeNote> => {
      if (text.length > LONGEST) return failed('none', 'too-long');
      const { model, why } = await firstReady(models, ended);
      if (model === undefined) return failed('none', why);
      const prompt = judgePrompt(text);
      try {
        // A model that does not heed the signal is not waited for.
        const opinion = opinionIn(await abortable(model.ask(prompt, ended), ended), prompt);
        if (opinion === undefined) return failed(model.name, 'no-opinion');
        return { by: model.name, opinion, was: verdict.decision, latencyMs: performance.now() - started };
      } catch {
        return failed(model.name, late.aborted ? 'timeout' : 'error');
      }
    };
    const note = await noteOf();
    signal.throwIfAborted();
    return judged(verdict, note, policy);
  };
}

/** The first model that may be asked, or why none may. */
async function firstReady(models: readonly JudgeModel[], ended: AbortSignal): Promise<{ readonly model?: JudgeModel; readonly why: JudgeFailure }> {
  let why: JudgeFailure = 'unavailable';
  for (const model of models) {
    const ready = await abortable(model.ready(), ended).catch(() => 'unavailable' as const);
    if (ready === 'yes') return { model, why };
    if (ready === 'not-allowed') why = ready;
  }
  return { why };
}
