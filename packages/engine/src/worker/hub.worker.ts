import { errorData, PortcullisError } from '@portcullis/core';
import { expose } from 'comlink';
import { chooseBackends } from '../shared/backend.ts';
import type { HubApi } from '../shared/hub-protocol.ts';
import type { Outcome } from '../shared/protocol.ts';
import { type Embed, startHubEncoder } from './hub-encoder.ts';
import { loadHubFiles } from './hub-files.ts';
import { FileLoader, keyOf } from './load-file.ts';
import { detectPlatform } from './platform.ts';
import { startOrt } from './start-runtime.ts';
import { openStore } from './store.ts';

let encoder: Embed | undefined;

async function outcome<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: errorData(error, 'inference-failed') };
  }
}

const api: HubApi = {
  load: (source, onProgress) =>
    outcome(async () => {
      const store = await openStore();
      const { files, downloadedBytes } = await loadHubFiles(store, source, onProgress);
      const runtime = new FileLoader(store, (artifact) => onProgress({ phase: 'wait', artifact }));
      // Int8 weights gain nothing on WebGPU: their products are computed on the CPU, a copy each way.
      const [backend = 'wasm'] = chooseBackends(await detectPlatform('wasm'), 'wasm');
      const ort = await startOrt(backend, async (url, sum) => {
        await store.use([keyOf(sum)]);
        return runtime.load({ ...sum, url, name: 'runtime' }, (phase, loaded, fromCache) => onProgress({ phase, artifact: 'runtime', loaded, fromCache }));
      });
      onProgress({ phase: 'start' });
      encoder = await startHubEncoder(ort, files, source.model);
      void store.sweep();
      return { downloadedBytes: downloadedBytes + runtime.downloadedBytes, persistent: store.persistent };
    }),
  embed: (texts) =>
    outcome(async () => {
      if (encoder === undefined) throw new PortcullisError('closed', 'the encoder has not started');
      return encoder(texts);
    }),
};

expose(api);
