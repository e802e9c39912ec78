import { errorData } from '@portcullis/core';
import { type Gate, judged, press } from '@portcullis/element/gate';
import type { Verdict } from '@portcullis/guard';
import type { Attempt } from './interceptor.ts';

export interface GatekeeperOptions {
  readonly ask: (text: string, signal: AbortSignal) => Promise<Verdict>;
  /** Told of a text that somebody tried to send and that was not plainly allowed, once. */
  readonly onFound: (text: string) => void;
  /** Shows where a composer stands. */
  readonly show: (gate: Gate, composer: HTMLElement | undefined) => void;
  /** Lets an attempt through, past the listeners that held it; false where the page has nothing any more to let it through to. */
  readonly release: (attempt: Attempt) => boolean;
}

/** The state of one page's composers: one attempt to send at a time, and nothing goes out of it but what was allowed and is unchanged. */
export interface Gatekeeper {
  isFree(attempt: Attempt): boolean;
  onHeld(attempt: Attempt): void;
  onEdit(): void;
  /** Something was held that could not be looked at. */
  onFault(error: unknown): void;
  /** Something moved in a composer, perhaps its text: editors undo and delete without an input event. */
  onMutation(): void;
  /** A person sends a text that the guard warned of. */
  sendAnyway(): void;
  /** A person asks for another try after an error. */
  retry(): void;
}

export function createGatekeeper({ ask, onFound, show, release }: GatekeeperOptions): Gatekeeper {
  let gate: Gate = { name: 'ready' };
  let current: Attempt | undefined;
  let scanning: AbortController | undefined;

  const enter = (next: Gate): void => {
    gate = next;
    show(next, current?.composers[0]);
  };

  const open = (attempt: Attempt, text: string, verdict: Verdict, overridden: boolean): void => {
    enter({ name: 'allowed', text, verdict, overridden });
    if (!release(attempt)) enter({ name: 'ready' });
  };

  const scan = async (attempt: Attempt, text: string): Promise<void> => {
    const own = new AbortController();
    scanning = own;
    enter({ name: 'scanning', text });
    let next: Gate;
    try {
      const verdict = await ask(text, own.signal);
      if (verdict.decision !== 'allow') onFound(text);
      // A page can change a field without an input event; what was scanned is then no longer what stands there.
      next = attempt.read() === text ? judged(text, verdict, false) : { name: 'ready' };
    } catch (thrown) {
      next = { name: 'error', error: errorData(thrown, 'worker-crashed') };
    }
    if (own.signal.aborted) return;
    if (next.name === 'allowed') open(attempt, text, next.verdict, false);
    else enter(next);
  };

  const take = (attempt: Attempt): void => {
    current = attempt;
    const text = attempt.read();
    if (text === undefined) {
      enter({ name: 'blocked', text: '', verdict: UNREAD });
      return;
    }
    if (gate.name === 'error' || press(gate, text) === 'scan') void scan(attempt, text);
    // Said before; said again to whoever presses again.
    else show(gate, attempt.composers[0]);
  };

  const reset = (): void => {
    scanning?.abort();
    if (gate.name !== 'ready') enter({ name: 'ready' });
  };

  return {
    isFree: (attempt) => gate.name === 'allowed' && sameComposers(attempt, current) && gate.text === attempt.read(),
    onHeld(attempt) {
      if (current !== undefined && !sameComposers(attempt, current)) reset();
      take(attempt);
    },
    onEdit: reset,
    onFault(thrown) {
      scanning?.abort();
      current = undefined;
      enter({ name: 'error', error: errorData(thrown, 'input-invalid') });
    },
    onMutation() {
      if ('text' in gate && current !== undefined && (current.read() ?? '') !== gate.text) reset();
    },
    sendAnyway() {
      if (gate.name !== 'warned' || current === undefined) return;
      const { text, verdict } = gate;
      if (current.read() === text) open(current, text, verdict, true);
      else enter({ name: 'ready' });
    },
    retry() {
      if (gate.name !== 'error') return;
      if (current === undefined) reset();
      else take(current);
    },
  };
}

function sameComposers(a: Attempt, b: Attempt | undefined): boolean {
  return b !== undefined && a.composers.length === b.composers.length && a.composers.every((composer, index) => composer === b.composers[index]);
}

/** On a text that the page shows in part only. No engine can judge what nobody can read. */
const UNREAD: Verdict = {
  decision: 'block',
  score: null,
  confidence: 0,
  uncertainty: 1,
  signals: [],
  findings: [],
  reason: 'Held back: this editor draws only a part of so long a text, and the guard cannot read the rest. Shorten it.',
  degraded: { reason: { code: 'input-invalid', message: 'the text could not be read in full' }, missing: [], coverage: 0 },
  backend: 'none',
  latencyMs: 0,
  bundle: 'none',
};
