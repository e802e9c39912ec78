import type { ErrorData, Verdict } from '@portcullis/guard';
import type { Preset } from './settings.ts';

/** From a page to the service worker: read this text before it is sent. `id` names the scan for `abort`. */
export interface ScanMessage {
  readonly type: 'scan';
  readonly id: string;
  readonly text: string;
}

/** From a page to the service worker: nobody waits for this scan any more. */
export interface AbortMessage {
  readonly type: 'abort';
  readonly id: string;
}

/** From a page to the service worker: somebody is about to write, have the models ready. */
export interface WakeMessage {
  readonly type: 'wake';
}

export type PageMessage = ScanMessage | AbortMessage | WakeMessage;

/** From the service worker to the engine's document. */
export type EngineMessage =
  | (ScanMessage & { readonly to: 'engine'; readonly source: string; readonly preset: Preset })
  | (AbortMessage & { readonly to: 'engine' })
  | (WakeMessage & { readonly to: 'engine'; readonly preset: Preset });

/** What a scan came to. An error is none of the text's. */
export type Answer = { readonly ok: true; readonly verdict: Verdict } | { readonly ok: false; readonly error: ErrorData };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A page's message, or undefined for anything else. Pages run other people's code beside ours. */
export function pageMessage(value: unknown): PageMessage | undefined {
  if (!isRecord(value) || 'to' in value) return undefined;
  const { type, id, text } = value;
  if (type === 'wake') return { type };
  if (typeof id !== 'string') return undefined;
  if (type === 'abort') return { type, id };
  return type === 'scan' && typeof text === 'string' ? { type, id, text } : undefined;
}

/** True for what the service worker sends to the engine's document, and to nobody else. */
export function isEngineMessage(value: unknown): value is EngineMessage {
  return isRecord(value) && value['to'] === 'engine';
}

/** True for an answer; a channel that closes early gives undefined instead. */
export function isAnswer(value: unknown): value is Answer {
  return isRecord(value) && typeof value['ok'] === 'boolean';
}
