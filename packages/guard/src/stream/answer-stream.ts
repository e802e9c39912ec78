import { errorData, type InForce, type Origin, PortcullisError, type Verdict } from '@portcullis/core';
import { unscored } from '../unscored.ts';
import type { Gate, GateOptions } from './gate.ts';

export interface StreamOptions extends GateOptions, Pick<Origin, 'source'> {
  /** Ends the stream, and what is read for it. */
  readonly signal?: AbortSignal;
}

/** Code units that may wait while a sentence is read; then the stream takes no more. */
const MOST_WAITING = 8192;

/**
 * A stream of text chunks, cut anywhere, that gives what the gate lets out. What comes while something is read is read together after it, so a fast
 * source costs fewer readings.
 * @param open The gate; asked for once, before the first chunk.
 * @param closed Fires when the guard is closed.
 */
export function answerStream(
  open: (signal: AbortSignal) => Promise<Gate>,
  { policy, off }: InForce,
  { signal, onVerdict, onStop }: StreamOptions,
  closed: AbortSignal,
): TransformStream<string, string> {
  const over = new AbortController();
  const ended = AbortSignal.any([over.signal, closed, ...(signal === undefined ? [] : [signal])]);
  let waiting = '';
  let busy = false;
  let running: Promise<void> = Promise.resolve();
  let gate: Gate | undefined;
  let unchecked = off !== undefined;

  const run = async (controller: TransformStreamDefaultController<string>, final: boolean): Promise<void> => {
    const release = (text: string): void => {
      ended.throwIfAborted();
      if (text !== '') controller.enqueue(text);
    };
    busy = true;
    try {
      if (!unchecked) gate ??= await opened(open(ended));
      while (waiting !== '') {
        const text = waiting;
        waiting = '';
        release(gate === undefined ? text : await gate.push(text));
      }
      if (final && gate !== undefined) release(await gate.end());
    } catch (error) {
      over.abort(error);
      controller.error(ended.reason);
      throw error;
    } finally {
      busy = false;
    }
  };

  /** The gate, or nothing where it cannot be had and the policy lets the text through. */
  const opened = async (opening: Promise<Gate>): Promise<Gate | undefined> => {
    try {
      return await opening;
    } catch (error) {
      ended.throwIfAborted();
      const verdict: Verdict = unscored(errorData(error, 'bundle-network'), policy.fail);
      onVerdict?.(verdict);
      unchecked = policy.fail === 'open';
      if (unchecked) return undefined;
      onStop?.(verdict);
      throw new PortcullisError('answer-stopped', verdict.reason, { cause: verdict });
    }
  };

  return new TransformStream<string, string>({
    start(controller) {
      const abort = (): void => controller.error(signal?.reason);
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true, signal: over.signal });
    },
    transform(chunk, controller) {
      if (typeof chunk !== 'string') throw new PortcullisError('input-invalid', `a chunk of an answer must be a string, not ${typeof chunk}`);
      waiting += chunk;
      if (!busy) running = run(controller, false);
      // A failure shows in the stream.
      running.catch(() => {});
      return waiting.length > MOST_WAITING ? running : undefined;
    },
    async flush(controller) {
      await running;
      await run(controller, true);
      over.abort();
    },
  });
}
