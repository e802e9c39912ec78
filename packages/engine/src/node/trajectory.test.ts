import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from '../shared/manifest.ts';
import { type Ort, runtimeOn } from '../shared/runtime.ts';
import { loadTrajectory, type Trajectory } from '../shared/trajectory.ts';
import { readBundle } from './read-bundle.ts';
import { bundleFolder } from './testing/bundle-under-test.ts';

/** What PyTorch made of the turns of one conversation. */
interface GoldenConversation {
  readonly embeddings: readonly (readonly number[])[];
  readonly logits: readonly number[];
  readonly probability: number;
}
const TOLERANCE = 2e-3;

const manifest = readManifest(readFileSync(join(bundleFolder, 'manifest.json')));
const file = join(bundleFolder, '..', 'golden', 'trajectory.json');
const { cases } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly GoldenConversation[] }) : { cases: [] };

// The bundle may come without.
describe.skipIf(manifest.trajectory === undefined)('the trajectory model', () => {
  let trajectory: Trajectory;
  beforeAll(async () => {
    ort.env.logLevel = 'error';
    ort.env.wasm.numThreads = 1;
    trajectory = await loadTrajectory(runtimeOn(ort as Ort, 'wasm'), await readBundle(bundleFolder));
  });
  const turnsOf = ({ embeddings, logits }: GoldenConversation) =>
    embeddings.map((embedding, index) => ({ embedding: Float32Array.from(embedding), logit: logits[index] ?? Number.NaN }));

  it('has golden vectors', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  it('gives what the training computed', async () => {
    for (const golden of cases) expect(Math.abs((await trajectory.read(turnsOf(golden))) - golden.probability)).toBeLessThanOrEqual(TOLERANCE);
  });

  it('reads the last turns of more than it can read', async () => {
    const most = manifest.trajectory?.maxTurns ?? 0;
    const long = cases.map(turnsOf).find((turns) => turns.length === most) ?? [];
    expect(await trajectory.read([...long.slice(0, 1), ...long])).toBe(await trajectory.read(long));
  });

  it('refuses to score what is no number', async () => {
    const lost = { embedding: new Float32Array(manifest.encoder.dimension).fill(Number.NaN), logit: 0 };
    await expect(trajectory.read([lost, lost])).rejects.toMatchObject({ code: 'inference-failed' });
  });
});
