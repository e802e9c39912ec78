import type { Answer, PolicyMessage, ScanMessage } from '../shared/messages.ts';

/** What reads texts, wherever a browser lets it run. Pages call it directly, once it is awake. */
export interface Engine {
  /** Puts a question; whatever dies over it is replaced, and asked once more. */
  readonly ask: (message: ScanMessage) => Promise<Answer>;
  /** Has the engine there, with its models on the way, and tells it the policy in force. */
  readonly wake: (message: PolicyMessage) => Promise<void>;
  /** Tells the engine the policy in force, if it is there. */
  readonly tell: (message: PolicyMessage) => Promise<void>;
}
