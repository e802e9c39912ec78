import type { Attribution, Policy, PolicyInput, Redacted, Role, Severity, TextContext, Vault, Verdict } from '@portcullis/core';
import type { ConversationVerdict, SaidTurn } from '@portcullis/core/conversation';
import type { McpServer } from '@portcullis/core/mcp';
import type { ToolCallRequest, ToolVerdict } from '@portcullis/core/tools';
import type { BackendChoice, EngineInfo, EngineState, LoadProgress } from '@portcullis/engine';
import type { ToolsReport } from './check-tools.ts';
import type { GuardEventName, GuardListener } from './guard-events.ts';
import type { Judge } from './judge/judged.ts';
import type { StreamOptions } from './stream/answer-stream.ts';

export interface GuardOptions {
  /** URL of the bundle's folder, the one that holds `manifest.json`; relative URLs resolve against the page. Its content must never change: a new bundle gets a new URL. */
  readonly bundle: string | URL;
  readonly policy?: PolicyInput;
  /** `auto` (the default) picks WebGPU on a real adapter and WASM elsewhere; the others force. A GPU that is lost later gives way to WASM all the same. */
  readonly backend?: BackendChoice;
  /** Milliseconds without a call after which the worker ends and gives its memory back, 5 minutes if left out; the next call starts it from the store. `Infinity`: never. */
  readonly idleMs?: number;
  /** How far loading is, at the first start and at every later one. */
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Told each change of `Guard.state`. */
  readonly onState?: (state: EngineState) => void;
  /** Asked about verdicts in the gray zone, by `createJudge` of `@portcullis/guard/judge`; nobody is, if left out. */
  readonly judge?: Judge;
}

/**
 * `role` says who speaks or what the text is (`user` if left out), `source` where it comes from: the policy may hold other values for them.
 * An answer, role `assistant`, is held against `systemPrompt` and `canaries` where they are given.
 */
export interface ScanOptions extends TextContext {
  readonly signal?: AbortSignal;
}

export interface RedactOptions {
  /** Lowest severity that is taken out; the policy's `answer.redact` if left out. Addresses and telephone numbers are `low`. */
  readonly from?: Severity;
}

/** A text that may go on, or why it may not. */
export type SafeScan = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly verdict: Verdict };

/**
 * One conversation with a model. What is asked of it is done in order. Scanning adds nothing to it; what was said is added by `said`, so that a
 * text that was held and never sent counts for nothing.
 */
export interface Conversation {
  readonly id: string;
  /**
   * Scans a text as the next turn: by itself, with the user's last turns as one text, and by where they lead. Texts of other roles are scanned by
   * themselves. Throws and fails as `Guard.scan` does.
   */
  scan(text: string, options?: ScanOptions): Promise<ConversationVerdict>;
  /**
   * Adds a turn that was sent, or an answer that came. A user's text that was not scanned last is scanned now. Of the others' only role and hash are kept.
   * @throws {DOMException} `AbortError` when `signal` fires.
   * @throws {PortcullisError} `closed` after `close()`, `input-invalid` for what is no string and for a role that is none.
   */
  said(text: string, options?: { readonly role?: Role; readonly signal?: AbortSignal }): Promise<void>;
  /** What is kept of it, oldest first. */
  turns(): Promise<readonly SaidTurn[]>;
  /** Drops all that is kept of it, here and in the store; it can go on from nothing. Rejects where the store fails. */
  forget(): Promise<void>;
}

/** A running guard. Everything heavy is in its worker. */
export interface Guard {
  /** The policy in force, with its defaults filled in. */
  readonly policy: Policy;
  /**
   * Settles when the models are loaded, or rejects with a `PortcullisError` that says why they could not be. Read anew, it tells
   * of the latest start: after a recovery, of what runs since.
   */
  readonly ready: Promise<EngineInfo>;
  /** What the engine does now. */
  readonly state: EngineState;
  /**
   * Scans one text, once `ready`, after those that were asked before it. If the worker crashes, hangs, or loses its GPU over it, a
   * fresh one scans it once more. A failure of that one, too, rejects nothing: it gives a `degraded` verdict, blocked or allowed as
   * the policy's `fail` says, and the next scan tries again.
   * @throws {DOMException} `AbortError` when `signal` fires.
   * @throws {PortcullisError} `closed` after `close()`, `input-invalid` for what is no string, for a role that is none, and for a bad hidden context.
   */
  scan(text: string, options?: ScanOptions): Promise<Verdict>;
  /**
   * True for the very verdict that this page's engine gave on this very text, unchanged; false for one that a script of the page has made, whatever it has
   * overwritten on the way (SECURITY.md). `<portcullis-guard>` asks before it lets a text out.
   */
  vouches(text: string, verdict: Verdict): boolean;
  /**
   * A conversation, whose turns are read together; equal ids give the same one. Its policy is `policy.conversation`, which says whether it
   * outlives the page. Without an id it gets one.
   * @throws {PortcullisError} `closed` after `close()`, `input-invalid` for an empty id.
   */
  conversation(id?: string): Conversation;
  /**
   * As `scan`, for those who want the text or nothing: `ok` is true of what is allowed, and of nothing else. A verdict that asks a person is none.
   * @throws what `scan` throws.
   */
  safeScan(text: string, options?: ScanOptions): Promise<SafeScan>;
  /** Tells `listener` of each such event from now on, in a turn of its own. Returns what ends that. */
  on<Name extends GuardEventName>(name: Name, listener: GuardListener<Name>): () => void;
  /**
   * Which words of a text make its verdict: those that rules matched, and those without which the models' score falls. It reads the text some thirty times
   * over, in turn like scans: ask for it when a person wants to know.
   * @throws {DOMException} `AbortError` when `signal` fires.
   * @throws {PortcullisError} what `ready` rejects with, `inference-failed`, `closed`, `input-invalid`.
   */
  attribution(text: string, options?: ScanOptions): Promise<Attribution>;
  /**
   * Checks a call that an agent is about to make, in turn like scans: which of its words did the person not ask for? The first check loads
   * the bundle's verifier; `onProgress` is told how far that is. What can't be read, or can't be judged, is blocked or asked about, as the policy's `fail` says.
   * @throws {DOMException} `AbortError` when `signal` fires.
   * @throws {PortcullisError} `closed` after `close()`, `input-invalid` for a request without an intent or a call.
   */
  checkToolCall(request: ToolCallRequest, options?: Pick<ScanOptions, 'signal'>): Promise<ToolVerdict>;
  /**
   * Reads what MCP servers say of their tools, in turn like scans: descriptions and schemas for orders to the model, with the role `tool` and the
   * source `mcp:SERVER/TOOL`, and names and descriptions for tools that shadow those of other servers. The servers come in the order of trust.
   * @throws {DOMException} `AbortError` when `signal` fires.
   * @throws {PortcullisError} `closed` after `close()`, `input-invalid` for a schema nested too deeply.
   */
  checkTools(servers: readonly McpServer[], options?: Pick<ScanOptions, 'signal'>): Promise<ToolsReport>;
  /**
   * The encoder's view of one text, in turn like scans: a unit vector of float32 [dimension] for each window of it, in order. Likeness of subject
   * and of attack in one (figures: models/README.md); for search by subject alone take an encoder from `@portcullis/engine/hub`.
   * @throws {PortcullisError} what `ready` rejects with, `inference-failed`, `closed`, `input-invalid`.
   */
  embed(text: string): Promise<Float32Array[]>;
  /**
   * A stream for an answer's text as it comes, in chunks cut anywhere: gives what the policy's `answer` lets out, a sentence behind at most. The
   * guarantees are in docs/streaming.md.
   *
   * The stream fails with `answer-stopped` where the answer is ended, the verdict as its cause; with `closed` after `close()`; with the signal's
   * reason when it fires. Nothing comes out of it then, but for what stands clean before the end of an answer that is ended.
   * @throws {PortcullisError} `closed` after `close()`, `input-invalid` for a bad hidden context.
   */
  stream(options?: StreamOptions): TransformStream<string, string>;
  /**
   * Takes secrets and personal data out of a text, by the rules for answers whoever wrote it: of a prompt, say, so that the model sees placeholders.
   * `restore` brings back what a vault keeps. No model is asked, and nothing is decided.
   * @throws {PortcullisError} `closed` after `close()`, `input-invalid` for what is no string.
   */
  redact(text: string, as: Vault | 'mask', options?: RedactOptions): Promise<Redacted>;
  /** Ends the worker, unless other guards share it, and frees its memory. Scans under way reject with `closed`. */
  close(): void;
}
