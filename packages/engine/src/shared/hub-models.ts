/** A published encoder, as an ONNX export of it lies on the Hub. */
export interface HubModel {
  /** The repository of the export. */
  readonly repo: string;
  /** The commit that is loaded, and no other. */
  readonly revision: string;
  /** Numbers of an embedding. */
  readonly dimension: number;
}

/**
 * The encoders that can be named, each with its quantized export (int8, 34 and 337 MB). The authors' own repositories have none; those of Xenova
 * are the ones that Transformers.js is made for.
 */
export const HUB_MODELS = {
  'intfloat/e5-small-v2': { repo: 'Xenova/e5-small-v2', revision: '02af79985278377e65c724a76275707cb0333c70', dimension: 384 },
  'intfloat/e5-large-v2': { repo: 'Xenova/e5-large-v2', revision: '840fd2207f68e253697ed85392a482ff7657ad11', dimension: 1024 },
} as const satisfies Record<string, HubModel>;

export type HubModelName = keyof typeof HUB_MODELS;

/** Where files are at `{repo}/resolve/{revision}/{file}`. */
export const HUB = 'https://huggingface.co/';

/** What is loaded of a repository. */
export const HUB_FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'] as const;

/** E5's prefix of texts that are compared with each other (Wang et al. 2022, and the model cards). */
export const HUB_PREFIX = 'query: ';

/** Tokens that the encoders read, special tokens and prefix included. */
export const HUB_MAX_TOKENS = 512;
