import { checkHiddenContext, errorData, PortcullisError, parsePolicy, policyFor, ROLES, reaches, type TextContext, thresholdsOf } from '@portcullis/core';
import { abortable, acquireEngine, type EngineInfo, type EngineState } from '@portcullis/engine';
import type { Guard, GuardOptions } from './guard.ts';
import { plainRequest } from './plain-request.ts';
import { answerStream } from './stream/answer-stream.ts';
import { unchecked } from './unchecked.ts';
import { unscored } from './unscored.ts';

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
  // The first answer should not wait for what reads it, nor find the network gone.
  engine.ready.then(loadGate).catch(() => {});
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
        return unscored(errorData(error, 'worker-crashed'), policy.fail, performance.now() - started);
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
  return { ...rules, ...gate };
}

function checkRole(role: string | undefined): void {
  if (role === undefined || ROLES.some((known) => known === role)) return;
  throw new PortcullisError('input-invalid', `a role must be one of ${ROLES.join(', ')}, not ${role}`);
}
