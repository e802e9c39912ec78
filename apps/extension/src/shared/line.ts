import { type Answer, isAnswer, isRecord } from './messages.ts';

/** Name of the ports over which pages speak to the engine. Nothing stands between them: each process on the way costs milliseconds. */
export const LINE = 'line';

/** From a page to the engine: read this text. `id` names the scan, for its answer and for `abort`. By itself it leaves no trace. */
export interface ReadMessage {
  readonly type: 'read';
  readonly id: string;
  readonly text: string;
}

/** From a page to the engine: nobody waits for this scan any more. */
export interface AbortMessage {
  readonly type: 'abort';
  readonly id: string;
}

/** From a page to the engine: somebody tried to send the text that was read last, and it was held. */
export interface HeldMessage {
  readonly type: 'held';
  readonly text: string;
}

export type LineMessage = ReadMessage | AbortMessage | HeldMessage;

/** From the engine to a page. */
export interface LineAnswer {
  readonly id: string;
  readonly answer: Answer;
}

/** A page's message, or undefined for anything else. Pages run other people's code beside ours. */
export function lineMessage(value: unknown): LineMessage | undefined {
  if (!isRecord(value)) return undefined;
  const { type, id, text } = value;
  if (type === 'held') return typeof text === 'string' ? { type, text } : undefined;
  if (typeof id !== 'string') return undefined;
  if (type === 'abort') return { type, id };
  return type === 'read' && typeof text === 'string' ? { type, id, text } : undefined;
}

/** True for what the engine says to a page. */
export function isLineAnswer(value: unknown): value is LineAnswer {
  return isRecord(value) && typeof value['id'] === 'string' && isAnswer(value['answer']);
}
