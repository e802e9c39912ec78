import { errorFrom, type PortcullisError } from '@portcullis/core';
import type { Outcome } from '../shared/protocol.ts';

/** What is asked of one worker. Every question is settled, also where the worker is gone. */
export interface Questions {
  /** Questions without an answer yet. */
  readonly open: number;
  /** What the worker ended with. */
  readonly ended: PortcullisError | undefined;
  /** The worker's answer, or what it ended with. */
  ask<T>(question: () => Promise<Outcome<T>>): Promise<T>;
  /** The worker is gone: what is asked of it rejects with `error`, now and later. False if it was gone already. */
  end(error: PortcullisError): boolean;
}

export function createQuestions(): Questions {
  let ended: PortcullisError | undefined;
  // Not one promise to race against: each race would leave its answer there for as long as the worker lives.
  const waiting = new Set<(error: PortcullisError) => void>();
  return {
    get open() {
      return waiting.size;
    },
    get ended() {
      return ended;
    },
    async ask(question) {
      if (ended !== undefined) throw ended;
      let onEnd = (_error: PortcullisError): void => {};
      const outcome = await new Promise<Awaited<ReturnType<typeof question>>>((resolve, reject) => {
        onEnd = reject;
        waiting.add(onEnd);
        question().then(resolve, reject);
      }).finally(() => waiting.delete(onEnd));
      if (!outcome.ok) throw errorFrom(outcome.error);
      return outcome.value;
    },
    end(error) {
      if (ended !== undefined) return false;
      ended = error;
      for (const reject of waiting) reject(error);
      return true;
    },
  };
}
