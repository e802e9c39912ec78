import { PortcullisError } from '@portcullis/core';
import { knownAttacks } from '@portcullis/rules/attacks';
import { expose } from 'comlink';
import { AISECOPS_BUNDLE, AISECOPS_ENCODER } from '../shared/aisecops-manifest.ts';
import type { AisecopsApi, AisecopsInfo, AisecopsProgress, AisecopsScore, AisecopsSource } from '../shared/aisecops-protocol.ts';
import { HUB_MODELS } from '../shared/hub-models.ts';
import { startAisecops } from './aisecops.ts';
import { type EmbedText, keptVectors } from './kept-vectors.ts';
import { BundleLoader } from './load-bundle.ts';
import { outcome } from './outcome.ts';
import { startHub } from './start-hub.ts';
import { openStore } from './store.ts';

let score: ((turns: readonly string[]) => Promise<AisecopsScore>) | undefined;

async function load({ bundle: base, host, known = knownAttacks }: AisecopsSource, onProgress: (progress: AisecopsProgress) => void): Promise<AisecopsInfo> {
  const store = await openStore();
  const loader = new BundleLoader(store, base, AISECOPS_BUNDLE, onProgress);
  // What may be refused comes before the encoder, which is a hundred times as large.
  const bundle = await loader.bundle();
  const { runtime, embed: embedAll, downloadedBytes } = await startHub(store, { model: AISECOPS_ENCODER, host }, onProgress);

  const embed: EmbedText = async (text) => {
    const [vector] = await embedAll([text]);
    if (vector === undefined) throw new PortcullisError('inference-failed', 'the encoder gave no embedding');
    return vector;
  };
  const { repo, revision, dimension } = HUB_MODELS[AISECOPS_ENCODER];
  const { assumed, intents } = bundle.manifest;
  const descriptions = Object.values(intents.descriptions);
  const texts = [...known, ...descriptions.flat()];
  const vectors = await keptVectors(store, { encoder: `${repo}@${revision}`, dimension, embed }, texts, (done) =>
    onProgress({ phase: 'embed', done, total: texts.length }),
  );
  const rest = vectors.slice(known.length);
  score = await startAisecops({
    runtime,
    bundle,
    embed,
    known: vectors.slice(0, known.length),
    intents: descriptions.map(({ length }) => rest.splice(0, length)),
  });
  await loader.keep();
  void store.sweep();
  return { downloadedBytes: loader.downloadedBytes + downloadedBytes, persistent: store.persistent, assumed };
}

const api: AisecopsApi = {
  load: (source, onProgress) => outcome(() => load(source, onProgress)),
  score: (turns) =>
    outcome(async () => {
      if (score === undefined) throw new PortcullisError('closed', 'the models have not started');
      return score(turns);
    }),
};

expose(api);
