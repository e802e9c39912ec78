import type { ErrorCode, ErrorData, Verdict } from '@portcullis/guard';

/** A text that was judged, and what was said of it. */
interface Judged {
  readonly text: string;
  readonly verdict: Verdict;
}

/** Where a composer stands. Exactly one of these at any time; only `allowed` lets a text out. */
export type Gate =
  /** Models are on their way. `held` is a text that was sent already and goes on by itself once they are there. */
  | { readonly name: 'loading'; readonly held?: string }
  | { readonly name: 'ready' }
  | { readonly name: 'scanning'; readonly text: string }
  | ({ readonly name: 'allowed'; readonly overridden: boolean } & Judged)
  | ({ readonly name: 'warned' } & Judged)
  | ({ readonly name: 'blocked' } & Judged)
  /** The guard would have let it through or asked; the page said no. */
  | ({ readonly name: 'vetoed' } & Judged)
  | { readonly name: 'error'; readonly error: ErrorData };

export type GateName = Gate['name'];

/** Every state's name, for custom states and tests. */
export const GATE_NAMES = ['loading', 'ready', 'scanning', 'allowed', 'warned', 'blocked', 'vetoed', 'error'] as const satisfies readonly GateName[];

/** Codes that speak of the engine and not of the text, after all the guard's own recoveries: only a start from scratch may help. */
const ENGINE_DOWN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'bundle-invalid',
  'bundle-missing',
  'bundle-corrupt',
  'bundle-network',
  'head-mismatch',
  'backend-unavailable',
  'inference-failed',
  'worker-crashed',
  'closed',
]);

/** What a press of Send does. */
export type Press = 'ignore' | 'hold' | 'scan';

/** Decides what a press of Send does with `text` in this state. An unchanged text that was refused stays refused without a new scan. */
export function press(gate: Gate, text: string): Press {
  if (text.trim() === '') return 'ignore';
  switch (gate.name) {
    case 'loading':
      return gate.held === text ? 'ignore' : 'hold';
    case 'scanning':
    case 'error':
      return 'ignore';
    case 'warned':
    case 'blocked':
      // A verdict that came about without all signals may come out differently; a complete one is deterministic.
      return gate.text === text && !gate.verdict.degraded ? 'ignore' : 'scan';
    default:
      return 'scan';
  }
}

/** The state after the user changed the text: whatever was known of the old one no longer counts. */
export function edited(gate: Gate): Gate {
  switch (gate.name) {
    case 'loading':
      return { name: 'loading' };
    case 'error':
      return gate;
    default:
      return { name: 'ready' };
  }
}

/** True when the verdict blocks for want of an engine and not for anything in the text. */
export function isEngineFailure(verdict: Verdict): boolean {
  const reason = verdict.degraded?.reason;
  return reason !== undefined && verdict.decision === 'block' && verdict.findings.length === 0 && ENGINE_DOWN.has(reason.code);
}

/** The state after a verdict; `vetoed` when the page cancelled the verdict event. Anything but a plain allow keeps the text. */
export function judged(text: string, verdict: Verdict, vetoed: boolean): Gate {
  if (verdict.degraded && isEngineFailure(verdict)) return { name: 'error', error: verdict.degraded.reason };
  switch (verdict.decision) {
    case 'allow':
      return vetoed ? { name: 'vetoed', text, verdict } : { name: 'allowed', text, verdict, overridden: false };
    case 'warn':
      return vetoed ? { name: 'vetoed', text, verdict } : { name: 'warned', text, verdict };
    default:
      return { name: 'blocked', text, verdict };
  }
}
