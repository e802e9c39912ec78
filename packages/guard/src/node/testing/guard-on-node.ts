import type { PolicyInput } from '@portcullis/core';
import { startNodeEngine } from '@portcullis/engine/node';
import { parsePolicy } from '../../../../core/src/index.ts';
import { bundleFolder } from '../../../../engine/src/node/testing/bundle-under-test.ts';
import { WorkerStandIn } from '../../../../engine/src/node/testing/worker-stand-in.ts';
import type { EngineApi } from '../../../../engine/src/shared/protocol.ts';
import { createGuard } from '../../create-guard.ts';
import type { Guard } from '../../guard.ts';

const INFO = { backend: 'wasm', bundle: 'b@1', downloadedBytes: 0, persistent: false, thresholds: { block: 0.6, warn: 0.5 }, loadMs: 1 } as const;

/** A guard as a page has it, with this repository's models behind it, in this process; the globals that it needs are set. `api` replaces what the worker answers. */
export async function guardOnNode(policy: PolicyInput = {}, api: Partial<EngineApi> = {}): Promise<Guard> {
  const engine = api.scan === undefined ? await startNodeEngine(bundleFolder, parsePolicy(policy)) : undefined;
  // Sessions must not overlap.
  let queue: Promise<unknown> = Promise.resolve();
  WorkerStandIn.api = {
    start: async () => ({ ok: true, value: INFO }),
    scan: (_id, text, origin) => {
      const scanned = queue.then(async () => {
        if (engine === undefined) throw new Error('no engine');
        return { ok: true, value: await engine.scan(text, origin) } as const;
      });
      queue = scanned;
      return scanned;
    },
    abort: () => {},
    embed: async () => ({ ok: true, value: [] }),
    ...api,
  };
  Object.assign(globalThis, { Worker: WorkerStandIn, document: { baseURI: 'https://app.example/' } });
  return createGuard({ bundle: 'models', policy });
}
