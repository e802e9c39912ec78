import { HUB_MAX_TOKENS, HUB_MODELS, type HubModelName } from '../../shared/hub-models.ts';

/** Words of the tiny vocabulary; all others are `[UNK]`. Their ids are their places. */
const VOCABULARY = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'query', 'passage', ':', 'what', 'is', 'a', 'prompt', 'heat', 'pump', '##s'];

/** The row of the tiny embedding table for a token. No two point the same way, the padding's least of all. */
const rowOf = (token: number, dimension: number): number[] =>
  Array.from({ length: dimension }, (_, place) => Math.fround(token === 0 ? 50 : Math.sin((token + 1) * (place + 1))));

/** A repository's files by name: a checkpoint in the shape of E5's export, whose hidden states are rows of a table. */
export function tinyE5(model: HubModelName, dimension: number = HUB_MODELS[model].dimension): ReadonlyMap<string, Uint8Array> {
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const special = [0, 1, 2, 3, 4].map((id) => ({
    id,
    content: VOCABULARY[id],
    special: true,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
  }));
  const [cls, sep] = ['[CLS]', '[SEP]'].map((id) => ({ SpecialToken: { id, type_id: 0 } }));
  return new Map([
    ['config.json', json({ model_type: 'bert', architectures: ['BertModel'], hidden_size: dimension })],
    [
      'tokenizer.json',
      json({
        version: '1.0',
        truncation: null,
        padding: null,
        added_tokens: special,
        normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
        pre_tokenizer: { type: 'BertPreTokenizer' },
        post_processor: {
          type: 'TemplateProcessing',
          single: [cls, { Sequence: { id: 'A', type_id: 0 } }, sep],
          pair: [cls, { Sequence: { id: 'A', type_id: 0 } }, sep, { Sequence: { id: 'B', type_id: 1 } }, sep],
          special_tokens: { '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] }, '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] } },
        },
        decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
        model: {
          type: 'WordPiece',
          unk_token: '[UNK]',
          continuing_subword_prefix: '##',
          max_input_chars_per_word: 100,
          vocab: Object.fromEntries(VOCABULARY.map((word, id) => [word, id])),
        },
      }),
    ],
    [
      'tokenizer_config.json',
      json({
        tokenizer_class: 'BertTokenizer',
        model_max_length: HUB_MAX_TOKENS,
        pad_token: '[PAD]',
        unk_token: '[UNK]',
        cls_token: '[CLS]',
        sep_token: '[SEP]',
        mask_token: '[MASK]',
      }),
    ],
    ['onnx/model_quantized.onnx', gatherModel(VOCABULARY.length, dimension)],
  ]);
}

/** What E5 is to make of a text of these words, computed without the library: the mean of its tokens' rows, of length 1. */
export function tinyEmbedding(words: readonly string[], dimension: number): number[] {
  const rows = ['[CLS]', 'query', ':', ...words, '[SEP]'].map((word) => rowOf(VOCABULARY.indexOf(word), dimension));
  const mean = Array.from({ length: dimension }, (_, place) => rows.reduce((sum, row) => sum + (row[place] ?? 0), 0) / rows.length);
  const length = Math.hypot(...mean);
  return mean.map((value) => value / length);
}

/** `last_hidden_state = table[input_ids]`, with the inputs of a BERT. */
function gatherModel(rows: number, dimension: number): Uint8Array {
  const table = new Float32Array(Array.from({ length: rows }, (_, token) => rowOf(token, dimension)).flat());
  const [FLOAT, INT64] = [1, 7];
  const value = (name: string, type: number, dims: readonly (string | number)[]) => {
    const shape = dims.flatMap((dim) => message(1, typeof dim === 'string' ? text(2, dim) : number(1, dim)));
    return [...text(1, name), ...message(2, message(1, [...number(1, type), ...message(2, shape)]))];
  };
  const weights = [...number(1, rows), ...number(1, dimension), ...number(2, FLOAT), ...text(8, 'table'), ...bytes(9, new Uint8Array(table.buffer))];
  const graph = [
    ...message(1, [...text(1, 'table'), ...text(1, 'input_ids'), ...text(2, 'last_hidden_state'), ...text(4, 'Gather')]),
    ...text(2, 'tiny'),
    ...message(5, weights),
    ...['input_ids', 'attention_mask', 'token_type_ids'].flatMap((name) => message(11, value(name, INT64, ['batch', 'tokens']))),
    ...message(12, value('last_hidden_state', FLOAT, ['batch', 'tokens', dimension])),
  ];
  return Uint8Array.from([...number(1, 8), ...message(7, graph), ...message(8, number(2, 17))]);
}

// Protocol buffers, as far as an ONNX file needs them; the numbers above are the fields' in onnx.proto.
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
const number = (field: number, value: number): number[] => [field * 8, ...varint(value)];
function bytes(field: number, content: ArrayLike<number>): number[] {
  return [...varint(field * 8 + 2), ...varint(content.length), ...Array.from(content)];
}
const message = bytes;
const text = (field: number, content: string): number[] => bytes(field, new TextEncoder().encode(content));
