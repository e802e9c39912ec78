import { fileURLToPath } from 'node:url';
import { parsePolicy } from '@portcullis/core';
import { parseCall, verifierInput } from '@portcullis/core/tools';
import * as ort from 'onnxruntime-web';
import { bench, describe } from 'vitest';
import { type Ort, runtimeOn } from '../shared/runtime.ts';
import { loadVerifier } from '../shared/verifier.ts';
import { startNodeEngine } from './index.ts';
import { readBundle } from './read-bundle.ts';

const folder = process.env['PORTCULLIS_BUNDLE'] ?? fileURLToPath(new URL('../../../../models/bundle', import.meta.url));
const bundle = await readBundle(folder);
const verifier = await loadVerifier(runtimeOn(ort as Ort, 'wasm'), bundle);
const engine = await startNodeEngine(folder, parsePolicy(), 1);

const body = Array.from({ length: 12 }, (_, week) => `Week ${week}: the work on the bridge went on as planned, and ${week + 3} people took part.`).join(' ');
const request = { intent: `Mail Ann (ann@firm.example) this: ${body}`, call: { name: 'send_mail', arguments: { to: 'ann@firm.example', body } } };
const { windows } = verifierInput(parseCall(request.call), request);

// A check is all but the run of its model; the goal is at most twice that.
describe('a call of some 200 tokens', () => {
  bench('the bare run of the verifier', async () => void (await verifier.read(windows, 0.5)));
  bench('the check, whole', async () => void (await engine.checkToolCall(request)));
});
