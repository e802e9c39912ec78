import {
  checkHiddenContext,
  errorData,
  lazily,
  PortcullisError,
  parsePolicy,
  policyFor,
  ROLES,
  type Role,
  reaches,
  type TextContext,
  thresholdsOf,
  type Verdict,
} from '@portcullis/core';
import { abortable, acquireEngine, type EngineInfo, type EngineState, isVouchedFor, type LoadProgress, vouchFor, vouchLike } from '@portcullis/engine';
import { frozen } from './frozen.ts';
import type { Guard, GuardOptions, ScanOptions } from './guard.ts';
import { createListeners } from './guard-events.ts';
import { plainRequest } from './plain-request.ts';
import { safeScanOf } from './safe-scan.ts';
import { answerStream } from './stream/answer-stream.ts';
import { unchecked } from './unchecked.ts';
import { unscored } from './unscored.ts';

const IDLE_MS = 5 * 60_000;

/**
 * Starts a guard: a worker that loads the models (from IndexedDB after the first time) and scans. Guards of one page with equal
 * `bundle`, `backend` and `idleMs` share a worker, each under its own policy.
 * @throws {PortcullisError} `policy-invalid` at once for a bad policy.
 * @throws {PortcullisError} `backend-unavailable` at once where there is no page: a server can import this module, not run a guard.
 * @throws {TypeError} at once for a bundle that is no URL.
 */
export function createGuard(options: GuardOptions): Guard {
  if (typeof document === 'undefined' || typeof Worker === 'undefined')
    throw new PortcullisError('backend-unavailable', 'a guard runs in a page, not on a server');
  const policy = frozen(parsePolicy(options.policy));
  const bundle = new URL(options.bundle, document.baseURI);
  if (!bundle.pathname.endsWith('/')) bundle.pathname += '/';
  const underPolicy = (info: EngineInfo): EngineInfo => ({ ...info, thresholds: thresholdsOf(policy, info.thresholds) });
  const stateUnderPolicy = (state: EngineState): EngineState => (state.phase === 'ready' ? { phase: 'ready', info: underPolicy(state.info) } : state);

  const { backend = 'auto', idleMs = IDLE_MS } = options;
  const { on, tell } = createListeners();
  const tellProgress = (progress: LoadProgress): void => {
    tell('progress', progress);
    options.onProgress?.(progress);
  };
  const { engine, release } = acquireEngine({ bundle: bundle.href, backend, idleMs }, (given) => {
    const state = stateUnderPolicy(given);
    tell('state', state);
    if (state.phase === 'ready') tell('backend', state.info);
    if (state.phase === 'failed') tell('error', state.error);
    if (state.phase === 'asleep' && state.cause !== undefined) tell('error', state.cause);
    if (state.phase === 'loading' && state.progress !== undefined) tellProgress(state.progress);
    options.onState?.(state);
  });
  const closing = new AbortController();
  // The first answer should not wait for what reads it, nor find the network gone.
  engine.ready.then(loadGate).catch(() => {});
  const check = (text: unknown): void => {
    if (typeof text !== 'string') throw new PortcullisError('input-invalid', `a text must be a string, not ${typeof text}`);
    closing.signal.throwIfAborted();
  };
  const checkScan = (text: unknown, context: Omit<ScanOptions, 'signal'>): void => {
    check(text);
    checkRole(context.role);
    checkHiddenContext(context);
  };
  const endedBy = (signal: AbortSignal | undefined): AbortSignal => (signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]));
  let preparing: Promise<void> | undefined;
  /** The guard's conversations. What reads them is loaded with the first. */
  const conversations = lazily(async () => {
    const [{ openConversations }, { lastingStore, memoryStore }] = await Promise.all([
      import('./conversation/conversation.ts'),
      import('./conversation/turn-store.ts'),
    ]);
    const { store } = policy.conversation;
    return openConversations(store === 'nothing' ? memoryStore() : await lastingStore(store === 'texts'), {
      policy,
      scan,
      scanTurn: (request, signal) => engine.scanTurn({ ...request, policy }, endedBy(signal)),
      judge: (text, verdict, signal) => judge(text, verdict, 'user', endedBy(signal)),
      failureOf: (thrown, signal) => {
        endedBy(signal).throwIfAborted();
        return errorData(thrown, 'worker-crashed');
      },
    });
  });
  const judge = async (text: string, verdict: Verdict, role: Role | undefined, signal: AbortSignal): Promise<Verdict> =>
    vouchLike((await options.judge?.({ text, verdict, policy, role, signal })) ?? verdict, verdict);
  const scan = async (text: string, { signal, ...context }: ScanOptions = {}): Promise<Verdict> => {
    checkScan(text, context);
    const started = performance.now();
    const ended = endedBy(signal);
    try {
      return await judge(text, await engine.scan(text, { ...context, policy }, ended), context.role, ended);
    } catch (error) {
      ended.throwIfAborted();
      return vouchFor(unscored(errorData(error, 'worker-crashed'), policy.fail, performance.now() - started), text);
    }
  };
  const guard: Guard = {
    policy,
    get ready() {
      const ready = abortable(engine.ready.then(underPolicy), closing.signal);
      // Nobody need await it: a failed start shows in the state and in every verdict.
      ready.catch(() => {});
      return ready;
    },
    get state(): EngineState {
      if (closing.signal.aborted) return { phase: 'failed', error: errorData(closing.signal.reason, 'closed') };
      return stateUnderPolicy(engine.state);
    },
    on,
    async scan(text, options) {
      const verdict = await scan(text, options);
      tell('verdict', { text, verdict });
      return verdict;
    },
    vouches: isVouchedFor,
    async safeScan(text, options) {
      return safeScanOf(text, await guard.scan(text, options));
    },
    async attribution(text, { signal, ...context } = {}) {
      checkScan(text, context);
      return engine.attribution(text, { ...context, policy }, endedBy(signal));
    },
    conversation(id = crypto.randomUUID()) {
      closing.signal.throwIfAborted();
      if (typeof id !== 'string' || id === '') throw new PortcullisError('input-invalid', 'the id of a conversation must be a string, and not empty');
      const itself = async () => {
        closing.signal.throwIfAborted();
        return (await conversations())(id);
      };
      // The first turns should not wait for what reads them, nor find the network gone.
      preparing ??= engine.ready.then(async () => {
        await Promise.all([conversations(), engine.prepareTurns(tellProgress)]);
      });
      preparing.catch(() => {});
      return {
        id,
        async scan(text, options = {}) {
          checkScan(text, options);
          const verdict = await (await itself()).scan(text, options);
          tell('verdict', { text, verdict });
          return verdict;
        },
        async said(text, options = {}) {
          check(text);
          checkRole(options.role);
          return (await itself()).said(text, options);
        },
        turns: async () => (await itself()).turns(),
        forget: async () => (await itself()).forget(),
      };
    },
    async checkToolCall(request, { signal } = {}) {
      closing.signal.throwIfAborted();
      const started = performance.now();
      const ended = endedBy(signal);
      let plain = request;
      try {
        plain = plainRequest(request);
        return await engine.checkToolCall({ ...plain, policy }, tellProgress, ended);
      } catch (error) {
        ended.throwIfAborted();
        if (error instanceof PortcullisError && error.code === 'input-invalid') throw error;
        return unchecked(plain, errorData(error, 'worker-crashed'), policy.fail, performance.now() - started);
      }
    },
    async checkTools(servers, { signal } = {}) {
      closing.signal.throwIfAborted();
      // Few pages have tools: what tells look-alike names stays out of the others.
      const { checkTools } = await import('./check-tools.ts');
      return checkTools(guard, servers, signal);
    },
    async embed(text) {
      check(text);
      return engine.embed(text, closing.signal);
    },
    stream(options = {}) {
      closing.signal.throwIfAborted();
      const { source, systemPrompt, canaries } = options;
      const context: TextContext = {
        role: 'assistant',
        ...(source !== undefined && { source }),
        ...(systemPrompt !== undefined && { systemPrompt }),
        ...(canaries !== undefined && { canaries }),
      };
      checkHiddenContext(context);
      const inForce = policyFor(policy, context);
      const open = async (signal: AbortSignal) => {
        const { findingsIn, openIn, isSign, openGate } = await loadGate();
        const readers = {
          findingsIn: (text: string) => findingsIn(text, policy.allow, { ...context, now: Date.now() }),
          openIn,
          isSign,
          scan: (text: string) => guard.scan(text, { ...context, signal }),
        };
        return openGate(readers, inForce, options);
      };
      return answerStream(open, inForce, options, closing.signal);
    },
    async redact(text, as, { from = policy.answer.redact } = {}) {
      check(text);
      const { findingsIn, isPrivate, redact } = await loadGate();
      const findings = findingsIn(text, policy.allow, { role: 'assistant', now: Date.now() });
      return redact(
        text,
        findings.filter((finding) => isPrivate(finding) && reaches(finding.severity, from)),
        as,
      );
    },
    close() {
      closing.abort(new PortcullisError('closed', 'the guard is closed'));
      release();
    },
  };
  return guard;
}

/** What reads answers: rules and gate, which a page can start without. */
async function loadGate() {
  const [rules, gate] = await Promise.all([import('./stream/answer-rules.ts'), import('./stream/gate.ts')]);
  return { ...rules, ...(await rules.answerRules()), ...gate };
}

function checkRole(role: string | undefined): void {
  if (role === undefined || ROLES.some((known) => known === role)) return;
  throw new PortcullisError('input-invalid', `a role must be one of ${ROLES.join(', ')}, not ${role}`);
}
