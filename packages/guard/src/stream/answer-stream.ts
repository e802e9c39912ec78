import { errorData, type InForce, type Origin, PortcullisError, type Verdict } from '@portcullis/core';
import { unscored } from '../unscored.ts';
import type { Gate, GateOptions } from './gate.ts';

export interface StreamOptions extends GateOptions, Pick<Origin, 'source'> {
  /** Ends the stream, and what is read for it. */
  readonly signal?: AbortSignal;
}

/** What may be seen, or why the answer ends: in one queue, as a stream that fails drops what nobody has read yet. */
type Shown = string | PortcullisError;

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
  const aborted = AbortSignal.any([closed, ...(signal === undefined ? [] : [signal])]);
  const ended = AbortSignal.any([over.signal, aborted]);
  let waiting = '';
  let busy = false;
  let running: Promise<void> = Promise.resolve();
  let gate: Gate | undefined;
  let unchecked = off !== undefined;

  const run = async (controller: TransformStreamDefaultController<Shown>, final: boolean): Promise<void> => {
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
        if (gate === undefined) release(text);
        else for await (const shown of gate.push(text)) release(shown);
      }
      if (final && gate !== undefined) for await (const shown of gate.end()) release(shown);
    } catch (error) {
      const stopped = !ended.aborted && error instanceof PortcullisError && error.code === 'answer-stopped';
      over.abort(error);
      if (stopped) {
        controller.enqueue(error);
        return;
      }
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

  const gated = new TransformStream<string, Shown>({
    transform(chunk, controller) {
      if (typeof chunk !== 'string') throw new PortcullisError('input-invalid', `a chunk of an answer must be a string, not ${typeof chunk}`);
      if (over.signal.aborted) return undefined;
      waiting += chunk;
      if (!busy) running = run(controller, false);
      // A failure shows in the stream.
      running.catch(() => {});
      return waiting.length > MOST_WAITING ? running : undefined;
    },
    async flush(controller) {
      await running;
      if (!over.signal.aborted) await run(controller, true);
      over.abort();
    },
  });
  const shown = new TransformStream<Shown, string>({
    start(controller) {
      const abort = (): void => controller.error(signal?.reason);
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true, signal: over.signal });
    },
    transform(text, controller) {
      aborted.throwIfAborted();
      if (typeof text !== 'string') throw text;
      controller.enqueue(text);
    },
  });
  return { writable: gated.writable, readable: gated.readable.pipeThrough(shown) };
}
