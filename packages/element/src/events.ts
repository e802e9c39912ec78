import type { Verdict } from '@portcullis/guard';

/** Detail of `portcullis-verdict`. */
export interface VerdictDetail {
  readonly text: string;
  readonly verdict: Verdict;
}

/** Detail of `portcullis-send`: `text` is what was scanned, and the only thing to send. */
export interface SendDetail extends VerdictDetail {
  /** True when a person sent a warned text all the same. */
  readonly overridden: boolean;
  /** Why, in their words, where the policy wants a reason: `alertOf(verdict, { text, time, override: { reason } })` keeps it. */
  readonly reason?: string;
}

declare global {
  interface HTMLElementEventMap {
    'portcullis-verdict': CustomEvent<VerdictDetail>;
    'portcullis-send': CustomEvent<SendDetail>;
    'portcullis-retry': CustomEvent<undefined>;
  }
}

/** Every verdict. Cancelling it keeps the text from being sent. */
export function verdictEvent(detail: VerdictDetail): CustomEvent<VerdictDetail> {
  return new CustomEvent('portcullis-verdict', { detail, bubbles: true, composed: true, cancelable: true });
}

/** The text may go out now. */
export function sendEvent(detail: SendDetail): CustomEvent<SendDetail> {
  return new CustomEvent('portcullis-send', { detail, bubbles: true, composed: true });
}

/** A person asked for the guard to be started again. */
export function retryEvent(): CustomEvent<undefined> {
  return new CustomEvent('portcullis-retry', { bubbles: true, composed: true });
}
