import type { ErrorCode, ErrorData, Verdict } from '@portcullis/guard';
import type { Gate } from './gate.ts';

/** How a message looks; each tone has its own icon, so that colour is never the only carrier. */
export type Tone = 'quiet' | 'busy' | 'ok' | 'warn' | 'block' | 'error';

/** What the gate says, ready to show and to announce. */
export interface GateMessage {
  readonly tone: Tone;
  /** True for what interrupts a screen reader (`role=alert`); the rest waits its turn (`role=status`). */
  readonly urgent: boolean;
  readonly headline: string;
  readonly detail: string;
}

const ADVICE: Record<ErrorCode, string> = {
  'bundle-invalid': 'The model bundle is not one this version can read. Reload the page, or ask whoever runs it.',
  'bundle-missing': 'The model bundle was not found where the page looks for it. Check the bundle address, then retry.',
  'bundle-corrupt': 'A model file did not match its checksum and was refused. Retry to fetch it again.',
  'bundle-network': 'The models could not be fetched. Check your connection, then retry.',
  'head-mismatch': 'The model bundle mixes parts of different models and was refused. Ask whoever runs this page.',
  'backend-unavailable': 'This browser could not run the models with the chosen backend. Choose another one, then retry.',
  'inference-failed': 'The models stopped giving answers. Retry to start them again.',
  'worker-crashed': 'The guard stopped unexpectedly. Retry to start it again.',
  'policy-invalid': 'The guard was set up with a policy it cannot read. Ask whoever runs this page.',
  'rule-invalid': 'The guard was set up with rules it cannot read. Ask whoever runs this page.',
  'input-invalid': 'The text could not be read. Edit it and send again.',
  'tool-call-invalid': 'The call of a tool could not be read and was not made. Ask again in other words.',
  'tool-denied': 'The call of a tool was not allowed and was not made.',
  'answer-stopped': 'The answer was ended before its end. Ask again, in other words.',
  closed: 'The guard was shut down. Retry to start it again.',
};

/** What a person can do about an error, in a sentence or two. */
export function adviceFor(error: ErrorData): string {
  return ADVICE[error.code];
}

/** Why a verdict rests on less than it should, or undefined when it is complete. */
export function degradedNote(verdict: Verdict): string | undefined {
  const { degraded } = verdict;
  if (!degraded) return undefined;
  const parts: string[] = [];
  if (degraded.missing.length > 0) parts.push(`without ${degraded.missing.join(', ')}`);
  if (degraded.coverage < 1) parts.push(`the models saw ${Math.floor(degraded.coverage * 100)}% of the text`);
  const how = parts.length > 0 ? ` (${parts.join('; ')})` : '';
  // The reason may have said it already.
  const why = verdict.reason.includes(degraded.reason.message) ? '' : `: ${degraded.reason.message}`;
  return `Incomplete check${how}${why}.`;
}

/** The words for a state. */
export function messageOf(gate: Gate): GateMessage {
  switch (gate.name) {
    case 'loading':
      return gate.held === undefined
        ? { tone: 'busy', urgent: false, headline: 'Getting the guard ready', detail: 'You can write already.' }
        : { tone: 'busy', urgent: false, headline: 'Held until the guard is ready', detail: 'Your message is checked and goes on by itself.' };
    case 'ready':
      return { tone: 'quiet', urgent: false, headline: 'Checked on this device before it is sent', detail: '' };
    case 'scanning':
      return { tone: 'busy', urgent: false, headline: 'Checking', detail: '' };
    case 'allowed':
      return gate.overridden
        ? { tone: 'warn', urgent: false, headline: 'Sent at your word', detail: gate.verdict.reason }
        : { tone: 'ok', urgent: false, headline: 'Allowed', detail: gate.verdict.reason };
    case 'warned':
      return { tone: 'warn', urgent: false, headline: 'Held for you to decide', detail: gate.verdict.reason };
    case 'blocked':
      return { tone: 'block', urgent: true, headline: 'Blocked. Nothing was sent', detail: gate.verdict.reason };
    case 'vetoed':
      return { tone: 'warn', urgent: false, headline: 'Held by this page. Nothing was sent', detail: `The guard’s own view: ${gate.verdict.reason}` };
    case 'error':
      return { tone: 'error', urgent: true, headline: 'The guard is not running, so nothing can be sent', detail: adviceFor(gate.error) };
  }
}
