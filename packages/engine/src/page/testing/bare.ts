import { type Remote, wrap } from 'comlink';

/** The bare runtime in a worker of its own, as the engine has one. */
export interface Bare extends Remote<import('../../worker/testing/bare.worker.ts').BareApi> {}

/** @param bundle URL of the bundle's folder, with a slash at its end. */
export async function loadBare(bundle: string): Promise<{ readonly bare: Bare; readonly createMs: number; close(): void }> {
  const worker = new Worker(new URL('../../worker/testing/bare.worker.ts', import.meta.url), { type: 'module' });
  const bare = wrap<import('../../worker/testing/bare.worker.ts').BareApi>(worker);
  await bare.fetch(bundle);
  return { bare, createMs: await bare.create(), close: () => worker.terminate() };
}
