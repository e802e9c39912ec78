import { checkHiddenContext, errorData, PortcullisError, parsePolicy, ROLES, SIGNAL_NAMES, thresholdsOf, type Verdict } from '@portcullis/core';
import type { ToolCallRequest, ToolVerdict } from '@portcullis/core/tools';
import { abortable, acquireEngine, type EngineInfo, type EngineState } from '@portcullis/engine';
import type { Guard, GuardOptions } from './guard.ts';
import { plainRequest } from './plain-request.ts';

const IDLE_MS = 5 * 60_000;

/**
 * Starts a guard: a worker that loads the models (from IndexedDB after the first time) and scans. Guards of one page with equal
 * `bundle`, `backend` and `idleMs` share a worker, each under its own policy.
 * @throws {PortcullisError} `policy-invalid` at once for a bad policy.
 * @throws {TypeError} at once for a bundle that is no URL.
 */
export function createGuard(options: GuardOptions): Guard {
  const policy = parsePolicy(options.policy);
  const bundle = new URL(options.bundle, document.baseURI);
  if (!bundle.pathname.endsWith('/')) bundle.pathname += '/';
  const underPolicy = (info: EngineInfo): EngineInfo => ({ ...info, thresholds: thresholdsOf(policy, info.thresholds) });
  const stateUnderPolicy = (state: EngineState): EngineState => (state.phase === 'ready' ? { phase: 'ready', info: underPolicy(state.info) } : state);

  const { backend = 'auto', idleMs = IDLE_MS } = options;
  const { engine, release } = acquireEngine({ bundle: bundle.href, backend, idleMs }, (state) => {
    if (state.phase === 'loading' && state.progress !== undefined) options.onProgress?.(state.progress);
    options.onState?.(stateUnderPolicy(state));
  });
  const closing = new AbortController();
  const check = (text: unknown): void => {
    if (typeof text !== 'string') throw new PortcullisError('input-invalid', `a text must be a string, not ${typeof text}`);
    closing.signal.throwIfAborted();
  };
  const guard: Guard = {
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
    async scan(text, { signal, ...context } = {}) {
      check(text);
      checkRole(context.role);
      checkHiddenContext(context);
      const started = performance.now();
      const ended = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
      try {
        return await engine.scan(text, { ...context, policy }, ended);
      } catch (error) {
        ended.throwIfAborted();
        return unscored(error, policy.fail, performance.now() - started);
      }
    },
    async checkToolCall(request, { signal } = {}) {
      closing.signal.throwIfAborted();
      const started = performance.now();
      const ended = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
      let plain = request;
      try {
        plain = plainRequest(request);
        return await engine.checkToolCall({ ...plain, policy }, (progress) => options.onProgress?.(progress), ended);
      } catch (error) {
        ended.throwIfAborted();
        if (error instanceof PortcullisError && error.code === 'input-invalid') throw error;
        return unchecked(plain, error, policy.fail, performance.now() - started);
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
    close() {
      closing.abort(new PortcullisError('closed', 'the guard is closed'));
      release();
    },
  };
  return guard;
}

function checkRole(role: string | undefined): void {
  if (role === undefined || ROLES.some((known) => known === role)) return;
  throw new PortcullisError('input-invalid', `a role must be one of ${ROLES.join(', ')}, not ${role}`);
}

/** The verdict on a call that nothing could look at. What is no call is blocked however the policy fails. */
function unchecked({ call }: ToolCallRequest, error: unknown, fail: 'closed' | 'open', latencyMs: number): ToolVerdict {
  const reason = errorData(error, 'worker-crashed');
  const open = fail === 'open' && reason.code !== 'tool-call-invalid';
  return {
    decision: open ? 'allow' : 'block',
    score: null,
    reason: `${open ? 'Called unchecked' : 'Not called'}: the guard could not check this call (${reason.message}).`,
    json: typeof call === 'string' ? call : '',
    tool: { path: '', span: [0, 0], provenance: 'new', score: null, words: [] },
    arguments: [],
    findings: [],
    degraded: { reason, coverage: 0 },
    backend: 'none',
    bundle: 'none',
    latencyMs,
  };
}

/** The verdict on a text that nothing could look at: no score, and the decision that the policy fails with. */
function unscored(error: unknown, fail: 'closed' | 'open', latencyMs: number): Verdict {
  const reason = errorData(error, 'worker-crashed');
  const open = fail === 'open';
  return {
    decision: open ? 'allow' : 'block',
    score: null,
    confidence: 0,
    uncertainty: 1,
    signals: [],
    findings: [],
    reason: `${open ? 'Let through unchecked' : 'Held back'}: the guard could not check this text (${reason.message}).`,
    degraded: { reason, missing: SIGNAL_NAMES, coverage: 0 },
    backend: 'none',
    latencyMs,
    bundle: 'none',
  };
}
