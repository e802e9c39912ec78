import { PortcullisError } from '@portcullis/core';
import * as v from 'valibot';

const fileName = v.pipe(v.string(), v.regex(/^\w[\w.-]*$/, 'must be a plain file name'));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const head = v.object({
  graph: fileName,
  /** `id@revision` of the encoder that the head was trained on; it runs on no other. */
  encoder: v.string(),
});

const lexical = v.object({
  /** Little-endian int16, first those of the character n-grams, then those of the words; a weight is its integer times `scale`. */
  weights: fileName,
  /** Of each of the two blocks. */
  buckets: count,
  scale: v.pipe(v.number(), v.gtValue(0)),
  bias: v.pipe(v.number(), v.finite()),
});

const manifestSchema = v.object({
  format: v.literal(1),
  id: v.string(),
  version: v.string(),
  /** Every file of the bundle by name. */
  artifacts: v.record(fileName, v.object({ bytes: count, sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) })),
  encoder: v.object({
    id: v.string(),
    revision: v.string(),
    dimension: count,
    /** Tokens of one window, special tokens and prefix included. */
    maxTokens: count,
    /** Tokens that neighbouring windows share. */
    overlapTokens: v.pipe(v.number(), v.integer(), v.minValue(0)),
    prefix: v.string(),
    pooling: v.literal('mean'),
    tokenizer: fileName,
    tokenizerConfig: fileName,
    /** External data of both graphs, under the path that they name it by. */
    weights: fileName,
    graphs: v.object({ wasm: fileName, webgpu: fileName }),
  }),
  heads: v.object({ classifier: head, anomaly: head, lexical }),
  /** Joins the logits of the two heads that know attacks, fitted on held-out training rows. */
  fusion: v.object({
    weights: v.object({ classifier: v.pipe(v.number(), v.finite()), lexical: v.pipe(v.number(), v.finite()) }),
    bias: v.pipe(v.number(), v.finite()),
  }),
  /** Global thresholds of the joined score, frozen on held-out training rows. */
  thresholds: v.object({ block: probability, warn: probability }),
  /** Reads tool calls with the encoder's tokenizer; loaded with the first of them. */
  verifier: v.optional(
    v.object({
      /** External data of both graphs, under the path that they name it by. */
      weights: fileName,
      graphs: v.object({ wasm: fileName, webgpu: fileName }),
      /** Of one reading, special tokens included; what stands beyond is cut off. */
      maxTokens: count,
      /** Calibrated probabilities of a value from which a person is asked, and from which a call is blocked; frozen on held-out training rows. */
      thresholds: v.object({ confirm: probability, block: probability }),
    }),
  ),
  licences: v.array(v.object({ part: v.string(), licence: v.string() })),
});

/** `manifest.json` of a model bundle, as parsed. */
export type Manifest = v.InferOutput<typeof manifestSchema>;

/** `id@version`, as verdicts name a bundle. */
export const bundleName = (manifest: Manifest): string => `${manifest.id}@${manifest.version}`;

/**
 * Reads a manifest from its bytes.
 * @throws {PortcullisError} as `parseManifest` does, and `bundle-invalid` for what is no JSON.
 */
export function readManifest(bytes: Uint8Array): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new PortcullisError('bundle-invalid', 'manifest.json is no JSON', { cause });
  }
  return parseManifest(json);
}

/**
 * Parses a manifest; nothing in it is trusted before.
 * @throws {PortcullisError} `bundle-invalid` naming the field, or `head-mismatch` when a head belongs to another encoder.
 */
export function parseManifest(json: unknown): Manifest {
  const parsed = v.safeParse(manifestSchema, json);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new PortcullisError('bundle-invalid', `manifest.json: ${v.getDotPath(issue) ?? 'root'}: ${issue.message}`);
  }
  const manifest = parsed.output;
  const { encoder, heads, artifacts, thresholds } = manifest;
  if (thresholds.warn > thresholds.block) {
    throw new PortcullisError('bundle-invalid', `manifest.json: thresholds.warn: ${thresholds.warn} lies above thresholds.block (${thresholds.block})`);
  }
  const owner = `${encoder.id}@${encoder.revision}`;
  for (const name of ['classifier', 'anomaly'] as const) {
    const trainedOn = heads[name].encoder;
    if (trainedOn !== owner) throw new PortcullisError('head-mismatch', `head ${name} was trained on ${trainedOn}, the bundle's encoder is ${owner}`);
  }
  const named = new Set((['wasm', 'webgpu'] as const).flatMap((graph) => [...neededArtifacts(manifest, graph), ...verifierArtifacts(manifest, graph)]));
  for (const name of named) {
    if (!Object.hasOwn(artifacts, name)) throw new PortcullisError('bundle-invalid', `manifest.json: artifacts: ${name} is used and not listed`);
  }
  return manifest;
}

/** The artifacts that a backend needs: one of the two encoder graphs, and everything else. */
export function neededArtifacts(manifest: Manifest, graph: 'wasm' | 'webgpu'): string[] {
  const { encoder, heads } = manifest;
  return [
    encoder.tokenizer,
    encoder.tokenizerConfig,
    encoder.graphs[graph],
    encoder.weights,
    heads.classifier.graph,
    heads.anomaly.graph,
    heads.lexical.weights,
  ];
}

/** The artifacts that tool calls need besides; none where the bundle has no verifier. */
export function verifierArtifacts({ verifier }: Manifest, graph: 'wasm' | 'webgpu'): string[] {
  return verifier === undefined ? [] : [verifier.graphs[graph], verifier.weights];
}
