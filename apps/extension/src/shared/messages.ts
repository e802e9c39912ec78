import type { Role } from '@portcullis/core';
import type { ErrorData, PolicyInput, Verdict } from '@portcullis/guard';

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

/** From a page to the service worker: what did the person choose for this site? The answer is a `Setup`. */
export interface SetupMessage {
  readonly type: 'setup';
}

/** From a page to the service worker: the person pointed at this, or gave it up. */
export interface PointedMessage {
  readonly type: 'pointed';
  readonly selector?: string;
}

/** From a page to the service worker: the model said this. The answer is null: what is found is counted, and in the history. */
export interface AnswerMessage {
  readonly type: 'answer';
  readonly id: string;
  readonly text: string;
}

export type PageMessage = ScanMessage | AbortMessage | WakeMessage | SetupMessage | PointedMessage | AnswerMessage;

/** From the popup to the service worker: read the page in this tab. */
export interface CheckPageMessage {
  readonly type: 'check-page';
  readonly tab: number;
}

/** What the person chose for a site. */
export interface Setup {
  /** CSS selectors of further composers. */
  readonly composers: readonly string[];
  /** Whether the model's answers are read, too. */
  readonly answers: boolean;
}

/** To a page's frames, from the popup or the service worker: have a composer pointed at, or ask again what the person chose. */
export interface ToPage {
  readonly to: 'page';
  readonly type: 'point' | 'renew';
}

/** From the service worker to the engine's document. */
export type EngineMessage =
  | (ScanMessage & { readonly to: 'engine'; readonly source: string; readonly role: Role; readonly policy: PolicyInput })
  | (AbortMessage & { readonly to: 'engine' })
  | (WakeMessage & { readonly to: 'engine'; readonly policy: PolicyInput });

/** What a scan came to. An error is none of the text's. */
export type Answer = { readonly ok: true; readonly verdict: Verdict } | { readonly ok: false; readonly error: ErrorData };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A page's message, or undefined for anything else. Pages run other people's code beside ours. */
export function pageMessage(value: unknown): PageMessage | undefined {
  if (!isRecord(value) || 'to' in value) return undefined;
  const { type, id, text, selector } = value;
  if (type === 'wake' || type === 'setup') return { type };
  if (type === 'pointed') return typeof selector === 'string' ? { type, selector } : { type };
  if (typeof id !== 'string') return undefined;
  if (type === 'abort') return { type, id };
  return (type === 'scan' || type === 'answer') && typeof text === 'string' ? { type, id, text } : undefined;
}

/** The popup's own message, or undefined for anything else. */
export function panelMessage(value: unknown): CheckPageMessage | undefined {
  return isRecord(value) && value['type'] === 'check-page' && typeof value['tab'] === 'number' ? { type: 'check-page', tab: value['tab'] } : undefined;
}

/** True for what the service worker sends to the engine's document, and to nobody else. */
export function isEngineMessage(value: unknown): value is EngineMessage {
  return isRecord(value) && value['to'] === 'engine';
}

/** True for an answer; a channel that closes early gives undefined instead. */
export function isAnswer(value: unknown): value is Answer {
  return isRecord(value) && typeof value['ok'] === 'boolean';
}

/** True for what the extension says to a page's frames. */
export function isToPage(value: unknown): value is ToPage {
  return isRecord(value) && value['to'] === 'page';
}

/** True for what the person chose for a site. */
export function isSetup(value: unknown): value is Setup {
  return isRecord(value) && Array.isArray(value['composers']) && typeof value['answers'] === 'boolean';
}
