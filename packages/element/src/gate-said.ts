import type { Gate } from './gate.ts';
import type { Locale } from './locales/locale.ts';
import type { GateWords } from './words.ts';

/** How a message looks; each tone has its own icon, so that colour is never the only carrier. */
export type Tone = 'quiet' | 'busy' | 'ok' | 'warn' | 'block' | 'error';

/** What the gate says, ready to show and to announce. */
export interface GateMessage {
  readonly tone: Tone;
  /** True for what interrupts a screen reader (`role=alert`); the rest waits its turn (`role=status`). */
  readonly urgent: boolean;
  readonly headline: string;
  readonly detail: string;
  /** True of a detail in the verdict's own words, which are English. */
  readonly own: boolean;
}

/** The words for a state. `advice` may come later than the error that it is for. */
export function said(gate: Gate, words: GateWords, advice: Partial<Locale['advice']> = {}): GateMessage {
  const message = (tone: Tone, name: keyof typeof words & (typeof gate.name | 'held' | 'overridden'), own?: string): GateMessage => {
    const [headline, detail] = words[name];
    return { tone, urgent: tone === 'block' || tone === 'error', headline, detail: own ?? detail, own: own !== undefined };
  };
  switch (gate.name) {
    case 'loading':
      return message('busy', gate.held === undefined ? 'loading' : 'held');
    case 'ready':
      return message('quiet', 'ready');
    case 'scanning':
      return message('busy', 'scanning');
    case 'allowed':
      return gate.overridden ? message('warn', 'overridden', gate.verdict.reason) : message('ok', 'allowed', gate.verdict.reason);
    case 'warned':
      return message('warn', 'warned', gate.verdict.reason);
    case 'blocked':
      return message('block', 'blocked', gate.verdict.reason);
    case 'vetoed':
      return message('warn', 'vetoed', words.ownView(gate.verdict.reason));
    case 'error':
      return { ...message('error', 'error'), detail: advice[gate.error.code] ?? '' };
  }
}
