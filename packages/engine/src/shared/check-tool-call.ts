import { errorData, type Policy, type Verdict } from '@portcullis/core';
import {
  type CallScores,
  levelOf,
  type ParsedCall,
  type Provenance,
  parseCall,
  ruleOnCall,
  type ToolCallRequest,
  type ToolThresholds,
  type ToolVerdict,
  toolThresholds,
  unreadableCall,
  type VerifierWindow,
  verifierInput,
} from '@portcullis/core/tools';
import { Aborted } from './judge.ts';
import type { Verifier } from './verifier.ts';

/** What checking a call takes; `verifier` is asked for only where it is needed. */
export interface ToolModels {
  readonly verifier: () => Promise<Verifier>;
  /** The prompt guard's verdict on what came from elsewhere. */
  readonly scanContext: (text: string) => Promise<Verdict>;
  /** Whether to say, of a call that is held, where in the context its order came from. */
  readonly explain: boolean;
}

type Ruled = Omit<ToolVerdict, 'backend' | 'bundle' | 'latencyMs'>;

/** Without a verifier there are no scores to hold against any. */
const NO_THRESHOLDS: ToolThresholds = { confirm: 1, block: 1 };

/**
 * Checks one call. Stage 1, the prompt guard on the context, decides alone for tools of level `free`; elsewhere stage 2, the verifier, decides and
 * stage 1 says where an order came from (ToolCallVerifier's table of stages). What can't be read or judged is never allowed in silence.
 */
export async function checkToolCall(models: ToolModels, request: ToolCallRequest, policy: Policy, checkpoint?: () => Promise<void>): Promise<Ruled> {
  let call: ParsedCall;
  try {
    call = parseCall(request.call);
  } catch (error) {
    return unreadableCall(request.call, errorData(error, 'tool-call-invalid'));
  }
  const { windows, provenance } = verifierInput(call, request);
  const level = levelOf(policy, call.name.text);
  if (level === 'free' || level === 'never') {
    const ruling = ruleOnCall(call, request, provenance, new Map(), policy, NO_THRESHOLDS);
    return level === 'free' ? withContext(ruling, request, models, true) : ruling;
  }
  try {
    const verifier = await models.verifier();
    const chosen = mostSuspicious(windows, provenance, policy.tools.maxWindows);
    const { scores, coverage } = await verifier.read(chosen, toolThresholds(policy, verifier.thresholds).confirm, checkpoint);
    const ruling = ruleOnCall(call, request, provenance, scores, policy, verifier.thresholds);
    const seen = (coverage * chosen.length) / windows.length;
    const reason = { code: 'tool-call-invalid', message: `the verifier read ${Math.floor(seen * 100)} % of the call` } as const;
    const whole = seen < 1 ? inPart(ruling, reason, seen, policy) : ruling;
    return whole.decision === 'allow' || !models.explain ? whole : withContext(whole, request, models, false);
  } catch (error) {
    if (error instanceof Aborted) throw error;
    return inPart(
      ruleOnCall(call, request, provenance, new Map() satisfies CallScores, policy, NO_THRESHOLDS),
      errorData(error, 'inference-failed'),
      0,
      policy,
    );
  }
}

/** Of too many windows, those with values that nobody or only the context named. */
function mostSuspicious(windows: readonly VerifierWindow[], provenance: ReadonlyMap<string, Provenance>, most: number): readonly VerifierWindow[] {
  if (windows.length <= most) return windows;
  const foreign = ({ slots }: VerifierWindow): number => slots.filter(({ path }) => ['context', 'new', 'mixed'].includes(provenance.get(path) ?? 'new')).length;
  return windows.toSorted((a, b) => foreign(b) - foreign(a)).slice(0, most);
}

/** A ruling that rests on less than it should: asked about, unless the policy fails open. */
function inPart(ruling: Ruled, reason: NonNullable<ToolVerdict['degraded']>['reason'], coverage: number, { fail }: Policy): Ruled {
  const degraded = { reason, coverage };
  if (ruling.decision !== 'allow' || fail === 'open') return { ...ruling, degraded };
  return { ...ruling, decision: 'confirm', reason: `Asked first: the guard could not check this call in full (${reason.message}).`, degraded };
}

/** Adds what the prompt guard says of the context; where that decides, a flagged context asks first. */
async function withContext(ruling: Ruled, { context = '' }: ToolCallRequest, models: ToolModels, decides: boolean): Promise<Ruled> {
  if (context.trim() === '') return ruling;
  const verdict = await models.scanContext(context);
  if (!decides || verdict.decision === 'allow' || ruling.decision !== 'allow') return { ...ruling, context: verdict };
  const title = 'What the agent has read holds orders to it.';
  const finding = { kind: 'context', path: '', span: ruling.tool.span, title, decision: 'confirm' } as const;
  return { ...ruling, decision: 'confirm', reason: `Asked first: ${title}`, findings: [finding, ...ruling.findings], context: verdict };
}
