import type { Answer, EngineMessage } from '../shared/messages.ts';

/** What reads texts, wherever a browser lets it run. */
export interface Engine {
  /** Puts a question; whatever dies over it is replaced, and asked once more. */
  readonly ask: (message: EngineMessage) => Promise<Answer>;
  /** Says something to the engine, if it is there; what it answers does not matter. */
  readonly tell: (message: EngineMessage) => Promise<void>;
  /** Has the engine load its models. */
  readonly wake: (message: EngineMessage) => Promise<void>;
}
