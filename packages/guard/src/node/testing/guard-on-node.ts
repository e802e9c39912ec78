import { type PolicyInput, parsePolicy } from '@portcullis/core';
import { startNodeEngine } from '@portcullis/engine/node';
import { bundleFolder } from '../../../../engine/src/node/testing/bundle-under-test.ts';
import { apiWith, ok, VERDICT, WorkerStandIn } from '../../../../engine/src/node/testing/worker-stand-in.ts';
import type { EngineApi } from '../../../../engine/src/shared/protocol.ts';
import { createGuard } from '../../create-guard.ts';
import type { Guard } from '../../guard.ts';
import type { Judge } from '../../judge/judged.ts';

/** Serves a guard whose rules are real, and whose models let everything pass. */
export const RULES_ALONE: Partial<EngineApi> = { scan: async () => ok(VERDICT) };

let guards = 0;

/** A guard as a page has it, with this repository's models behind it, in this process; the globals that it needs are set. `api` replaces what the worker answers. */
export async function guardOnNode(policy: PolicyInput = {}, api?: Partial<EngineApi>, judge?: Judge): Promise<Guard> {
  const served = api ?? (await modelsOnNode());
  WorkerStandIn.apiOf = () => apiWith(served);
  Object.assign(globalThis, { Worker: WorkerStandIn, document: { baseURI: 'https://app.example/' } });
  guards += 1;
  // A bundle of its own: guards of one bundle would share a worker.
  const guard = createGuard({ bundle: `models/${guards}`, policy, ...(judge && { judge }) });
  await guard.ready;
  return guard;
}

async function modelsOnNode(): Promise<Partial<EngineApi>> {
  const engine = await startNodeEngine(bundleFolder, parsePolicy());
  return {
    scan: async (_id, text, request) => ok(await engine.scan(text, request)),
    scanTurn: async (_id, request) => ok(await engine.scanTurn(request, { policy: request.policy })),
    attribution: async (_id, text, request) => ok(await engine.attribution(text, request)),
  };
}
