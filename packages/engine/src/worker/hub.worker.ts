import { PortcullisError } from '@portcullis/core';
import { expose } from 'comlink';
import type { HubApi } from '../shared/hub-protocol.ts';
import type { Embed } from './hub-encoder.ts';
import { outcome } from './outcome.ts';
import { startHub } from './start-hub.ts';
import { openStore } from './store.ts';

let encoder: Embed | undefined;

const api: HubApi = {
  load: (source, onProgress) =>
    outcome(async () => {
      const store = await openStore();
      const { embed, downloadedBytes } = await startHub(store, source, onProgress);
      encoder = embed;
      void store.sweep();
      return { downloadedBytes, persistent: store.persistent };
    }),
  embed: (texts) =>
    outcome(async () => {
      if (encoder === undefined) throw new PortcullisError('closed', 'the encoder has not started');
      return encoder(texts);
    }),
};

expose(api);
