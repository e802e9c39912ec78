import type { PolicyInput } from '@portcullis/core';
import { startNodeEngine } from '@portcullis/engine/node';
import { parsePolicy } from '../../../../core/src/index.ts';
import { bundleFolder } from '../../../../engine/src/node/testing/bundle-under-test.ts';
import { checkTools } from '../../check-tools.ts';
import type { Guard } from '../../guard.ts';

/** What of a guard reads texts, calls and tools, with this repository's models behind it, in this process. */
export type EngineGuard = Pick<Guard, 'scan' | 'checkToolCall' | 'checkTools'>;

export async function engineGuard(input: PolicyInput = {}): Promise<EngineGuard> {
  const policy = parsePolicy(input);
  const engine = await startNodeEngine(bundleFolder, policy);
  // Sessions must not overlap.
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work);
    queue = done.catch(() => {});
    return done;
  };
  const guard: EngineGuard = {
    scan: (text, { signal: _, ...context } = {}) => inTurn(() => engine.scan(text, context)),
    checkToolCall: (request) => {
      // As it is now: a guard posts it to its worker at once.
      const posted = structuredClone(request);
      return inTurn(() => engine.checkToolCall(posted));
    },
    checkTools: (servers, { signal } = {}) => checkTools(guard, servers, signal),
  };
  return guard;
}
