import { errorData, PortcullisError, parsePolicy, policyFor, ROLES, reaches, SIGNAL_NAMES, type Verdict } from '@portcullis/core';
import { abortable, connectEngine } from '@portcullis/engine';
import type { Guard, GuardOptions } from './guard.ts';
import { answerStream } from './stream/answer-stream.ts';

/**
 * Starts a guard: a worker that loads the models (from IndexedDB after the first time) and scans.
 * @throws {PortcullisError} `policy-invalid` at once for a bad policy.
 * @throws {TypeError} at once for a bundle that is no URL.
 */
export function createGuard(options: GuardOptions): Guard {
  const policy = parsePolicy(options.policy);
  const bundle = new URL(options.bundle, document.baseURI);
  if (!bundle.pathname.endsWith('/')) bundle.pathname += '/';
  const engine = connectEngine();
  let closed = false;
  const ready = engine.start({ bundle: bundle.href, policy, backend: options.backend ?? 'auto' }, options.onProgress ?? (() => {}));
  // The first answer should not wait for what reads it, nor find the network gone. Nobody need await `ready`: a failed start shows in every verdict.
  ready.then(loadGate).catch(() => {});
  const checkOpen = (): void => {
    if (closed) throw new PortcullisError('closed', 'the guard is closed');
  };
  const check = (text: unknown): void => {
    if (typeof text !== 'string') throw new PortcullisError('input-invalid', `a text must be a string, not ${typeof text}`);
    checkOpen();
  };
  const guard: Guard = {
    ready,
    async scan(text, { signal, ...origin } = {}) {
      check(text);
      checkRole(origin.role);
      const started = performance.now();
      try {
        await abortable(ready, signal);
        return await engine.scan(text, origin, signal);
      } catch (error) {
        if (signal?.aborted) throw error;
        checkOpen();
        return unscored(error, policy.fail, performance.now() - started);
      }
    },
    async embed(text) {
      check(text);
      await ready;
      return engine.embed(text);
    },
    stream(options = {}) {
      checkOpen();
      const origin = { role: 'assistant', ...(options.source !== undefined && { source: options.source }) } as const;
      const inForce = policyFor(policy, origin);
      const open = async (signal: AbortSignal) => {
        const { findingsIn, openIn, openGate } = await loadGate();
        const readers = {
          findingsIn: (text: string) => findingsIn(text, policy.allow, { ...origin, now: Date.now() }),
          openIn,
          scan: (text: string) => guard.scan(text, { ...origin, signal }),
        };
        return openGate(readers, inForce, options);
      };
      return answerStream(open, inForce, options);
    },
    async redact(text, as, { from = policy.answer.redact } = {}) {
      check(text);
      const { findingsIn, redact } = await loadGate();
      const findings = findingsIn(text, policy.allow, { role: 'assistant', now: Date.now() });
      return redact(
        text,
        findings.filter(({ severity }) => reaches(severity, from)),
        as,
      );
    },
    close() {
      closed = true;
      engine.terminate();
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
