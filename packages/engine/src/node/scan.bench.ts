import { fileURLToPath } from 'node:url';
import { compileRules, matchRules, normalise, parsePolicy } from '@portcullis/core';
import { defaultPacks } from '@portcullis/rules';
import { bench, describe } from 'vitest';
import { startNodeEngine } from './index.ts';

const bundle = process.env['PORTCULLIS_BUNDLE'] ?? fileURLToPath(new URL('../../../../models/bundle', import.meta.url));
const sentence = 'Could you look over the agenda for Thursday and tell me which points can wait? ';
const texts = { 'a sentence': sentence, 'a paragraph (one full window)': sentence.repeat(7), 'a page (five windows)': sentence.repeat(28) };
const rules = compileRules(defaultPacks);

// Where the time of one scan goes: compare the rows, not the machine.
const engine = await startNodeEngine(bundle, parsePolicy(), 1);
for (const [name, text] of Object.entries(texts)) {
  describe(name, () => {
    bench('normalise', () => void normalise(text));
    bench('rules', () => void matchRules(rules, text));
    bench('scan, whole', async () => void (await engine.scan(text)));
  });
}
