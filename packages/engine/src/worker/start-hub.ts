import { chooseBackends } from '../shared/backend.ts';
import type { HubProgress, HubSource } from '../shared/hub-protocol.ts';
import { type Runtime, runtimeOn } from '../shared/runtime.ts';
import { type Embed, startHubEncoder } from './hub-encoder.ts';
import { loadHubFiles } from './hub-files.ts';
import { FileLoader, keyOf } from './load-file.ts';
import { detectPlatform } from './platform.ts';
import { startOrt } from './start-runtime.ts';
import type { ArtifactStore } from './store.ts';

/** A published encoder that runs, and what it runs on. */
export interface StartedHub {
  readonly runtime: Runtime;
  readonly embed: Embed;
  readonly downloadedBytes: number;
}

/**
 * Loads a published encoder's files and the runtime, and starts them on WASM.
 * @throws {PortcullisError} as `loadHubFiles` and `startHubEncoder` do.
 */
export async function startHub(store: ArtifactStore, source: HubSource, onProgress: (progress: HubProgress) => void): Promise<StartedHub> {
  const { files, downloadedBytes } = await loadHubFiles(store, source, onProgress);
  const loader = new FileLoader(store, (artifact) => onProgress({ phase: 'wait', artifact }));
  // Int8 weights gain nothing on WebGPU: their products are computed on the CPU, a copy each way.
  const [backend = 'wasm'] = chooseBackends(await detectPlatform('wasm'), 'wasm');
  const ort = await startOrt(backend, async (url, sum) => {
    await store.use([keyOf(sum)]);
    return loader.load({ ...sum, url, name: 'runtime' }, (phase, loaded, fromCache) => onProgress({ phase, artifact: 'runtime', loaded, fromCache }));
  });
  onProgress({ phase: 'start' });
  const embed = await startHubEncoder(ort, files, source.model);
  return { runtime: runtimeOn(ort, backend), embed, downloadedBytes: downloadedBytes + loader.downloadedBytes };
}
