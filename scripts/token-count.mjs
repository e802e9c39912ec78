import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './setup.mjs';

/** Counts a text's tokens as the bundle's encoder has them, without special ones. */
export function tokenCounter() {
  const engine = createRequire(join(root, 'packages', 'engine', 'package.json'));
  const { Tokenizer } = engine('@huggingface/tokenizers');
  const [json, config] = ['tokenizer.json', 'tokenizer_config.json'].map((name) => JSON.parse(readFileSync(join(root, 'models', 'bundle', name), 'utf8')));
  const tokenizer = new Tokenizer(json, config);
  return (text) => text.split(/\s+/).reduce((sum, word) => sum + tokenizer.encode(word, { add_special_tokens: false }).ids.length, 0);
}
