import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { RUNTIME_SUMS } from './runtime-sums.ts';

const { resolve } = createRequire(import.meta.url);

it.each(Object.entries(RUNTIME_SUMS))('%s is the installed one', async (name, sum) => {
  const bytes = await readFile(resolve(`onnxruntime-web/${name}`));
  expect(sum).toEqual({ bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') });
});
