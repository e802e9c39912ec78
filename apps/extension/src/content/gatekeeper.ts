import { errorData } from '@portcullis/core';
import { type Gate, judged, press } from '@portcullis/element/gate';
import { type Reader, scanWhileTyping } from '@portcullis/element/typing-scan';
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
  /** Somebody writes: what stands there, as `read` gives it, is read in the next pause, or `soon`. Nothing is shown or kept of it before it is sent. */
  onWriting(read: () => string | undefined, soon: boolean): void;
  /** What is known of a text that nobody has sent counts no more: the policy has changed, or who read it is gone. */
  forget(): void;
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
  /** Whose verdict is waited for. */
  let sending: Attempt | undefined;
  let draft: (() => string | undefined) | undefined;
  const reader: Reader = { scan: (text, { signal } = {}) => ask(text, signal ?? new AbortController().signal) };

  const typing = scanWhileTyping(
    () => {
      const text = gate.name === 'ready' ? draftText() : undefined;
      return text === undefined || text.trim() === '' ? undefined : { text, guard: reader };
    },
    () => {},
  );
  const draftText = (): string | undefined => {
    try {
      return draft?.();
    } catch {
      // A page whose DOM trips the search up is told of when somebody sends.
      return undefined;
    }
  };

  const enter = (next: Gate): void => {
    gate = next;
    if (next.name !== 'scanning') sending = undefined;
    show(next, current?.composers[0]);
  };

  const open = (attempt: Attempt, text: string, verdict: Verdict, overridden: boolean): void => {
    enter({ name: 'allowed', text, verdict, overridden });
    if (!release(attempt)) enter({ name: 'ready' });
  };

  const judge = (attempt: Attempt, text: string, verdict: Verdict): void => {
    if (verdict.decision !== 'allow') onFound(text);
    // A page can change a field without an input event; what was scanned is then no longer what stands there.
    const next: Gate = attempt.read() === text ? judged(text, verdict, false) : { name: 'ready' };
    if (next.name === 'allowed') open(attempt, text, next.verdict, false);
    else enter(next);
  };

  const fail = (thrown: unknown): void => enter({ name: 'error', error: errorData(thrown, 'worker-crashed') });

  /** A verdict that came while it was written counts at once. */
  const scan = (attempt: Attempt, text: string): void => {
    const { verdict, answer, signal } = typing.read(text, reader);
    if (verdict !== undefined) {
      judge(attempt, text, verdict);
      return;
    }
    sending = attempt;
    enter({ name: 'scanning', text });
    const isWaiting = (): boolean => sending === attempt && !signal.aborted;
    answer.then((awaited) => isWaiting() && judge(attempt, text, awaited)).catch((thrown: unknown) => isWaiting() && fail(thrown));
  };

  const take = (attempt: Attempt): void => {
    current = attempt;
    const text = attempt.read();
    if (text === undefined) {
      enter({ name: 'blocked', text: '', verdict: UNREAD });
      return;
    }
    if (gate.name === 'error' || press(gate, text) === 'scan') scan(attempt, text);
    // Said before; said again to whoever presses again.
    else show(gate, attempt.composers[0]);
  };

  const leave = (): void => {
    if (gate.name !== 'ready') enter({ name: 'ready' });
  };
  const reset = (): void => {
    typing.stop();
    leave();
  };

  return {
    isFree(attempt) {
      const text = attempt.read();
      if (text === undefined) return false;
      if (gate.name === 'allowed' && sameComposers(attempt, current) && gate.text === text) return true;
      return (gate.name === 'ready' || gate.name === 'allowed') && typing.verdictOn(text)?.decision === 'allow';
    },
    onHeld(attempt) {
      if (current !== undefined && !sameComposers(attempt, current)) leave();
      take(attempt);
    },
    onEdit: reset,
    onWriting(read, soon) {
      draft = read;
      typing.edited(soon);
    },
    forget() {
      // Somebody waits for that one.
      if (gate.name !== 'scanning') typing.stop();
    },
    onFault(thrown) {
      typing.stop();
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
