import type { Role } from '@portcullis/core';
import type { ErrorData, PolicyInput, Verdict } from '@portcullis/guard';

/** From a page to the service worker: somebody is about to write, have the engine there. The answer is null: it can be called. */
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
  readonly text: string;
}

export type PageMessage = WakeMessage | SetupMessage | PointedMessage | AnswerMessage;

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
  /** Whether a text is read while it is written. */
  readonly drafts: boolean;
}

/** To a page's frames, from the popup or the service worker: have a composer pointed at, or ask again what the person chose. */
export interface ToPage {
  readonly to: 'page';
  readonly type: 'point' | 'renew';
}

/** From the service worker to the engine's document: read this. */
export interface ScanMessage {
  readonly to: 'engine';
  readonly type: 'scan';
  readonly text: string;
  readonly source: string;
  readonly role: Role;
  readonly policy: PolicyInput;
}

/** From the service worker to the engine's document: what pages send is read under this policy from now on, or not at all. The answer is null. */
export type PolicyMessage = { readonly to: 'engine'; readonly type: 'policy' } & ({ readonly policy: PolicyInput } | { readonly error: ErrorData });

export type EngineMessage = ScanMessage | PolicyMessage;

/** A text that was not plainly allowed, and where it stood. */
export interface Found {
  readonly text: string;
  readonly verdict: Verdict;
  readonly source: string;
  readonly role: Role;
  readonly tab: number | undefined;
}

/** From the engine's document to the service worker: this was held, which goes into the history. */
export interface FoundMessage {
  readonly to: 'background';
  readonly found: Found;
}

/** What a scan came to. An error is none of the text's. */
export type Answer = { readonly ok: true; readonly verdict: Verdict } | { readonly ok: false; readonly error: ErrorData };

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Whose message or port it is. Older versions of Firefox tell the address only. */
export const originOf = ({ origin, url }: chrome.runtime.MessageSender): string =>
  origin ?? (url !== undefined && URL.canParse(url) ? new URL(url).origin : 'unknown');

/** A page's message, or undefined for anything else. Pages run other people's code beside ours. */
export function pageMessage(value: unknown): PageMessage | undefined {
  if (!isRecord(value) || 'to' in value) return undefined;
  const { type, text, selector } = value;
  if (type === 'wake' || type === 'setup') return { type };
  if (type === 'pointed') return typeof selector === 'string' ? { type, selector } : { type };
  return type === 'answer' && typeof text === 'string' ? { type, text } : undefined;
}

/** The popup's own message, or undefined for anything else. */
export function panelMessage(value: unknown): CheckPageMessage | undefined {
  return isRecord(value) && value['type'] === 'check-page' && typeof value['tab'] === 'number' ? { type: 'check-page', tab: value['tab'] } : undefined;
}

/** True for what the service worker sends to the engine's document, and to nobody else. */
export function isEngineMessage(value: unknown): value is EngineMessage {
  return isRecord(value) && value['to'] === 'engine';
}

/** True for what the engine's document sends to the service worker, and to nobody else. */
export function isFoundMessage(value: unknown): value is FoundMessage {
  return isRecord(value) && value['to'] === 'background';
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
  return isRecord(value) && Array.isArray(value['composers']) && typeof value['answers'] === 'boolean' && typeof value['drafts'] === 'boolean';
}
