import { describe, expect, it } from 'vitest';
import { aisecopsFiles } from '../node/testing/aisecops-bundle.ts';
import { AISECOPS_BUNDLE, AISECOPS_FEATURES, readAisecopsManifest } from './aisecops-manifest.ts';

const bytes = aisecopsFiles().get('manifest.json') ?? new Uint8Array();
const manifest = JSON.parse(new TextDecoder().decode(bytes));
const read = (changed: unknown) => readAisecopsManifest(new TextEncoder().encode(JSON.stringify(changed)));
const { fusion, trajectory, intents, artifacts } = manifest;

describe('readAisecopsManifest', () => {
  it('takes what the conversion writes', () => {
    const found = readAisecopsManifest(bytes);
    expect(found.fusion.features).toEqual(AISECOPS_FEATURES);
    expect(found.fusion.means.trajectory_score).toBe(0.497);
    expect(Object.keys(found.intents.descriptions).length).toBe(14);
    expect(AISECOPS_BUNDLE.needed(found)).toEqual(['anomaly.onnx', 'trajectory.onnx', 'fusion.onnx']);
  });

  it('keeps the order that the graph reads its features in', () => {
    const features = [...AISECOPS_FEATURES].reverse();
    expect(read({ ...manifest, fusion: { ...fusion, features } }).fusion.features).toEqual(features);
  });

  it.each([
    ['no JSON', '{', /no JSON/],
    ['a list', [], /format/],
    ['another format', { ...manifest, format: 2 }, /format: .*"aisecops-1".*2/],
    ['a feature less', { ...manifest, fusion: { ...fusion, features: fusion.features.slice(1) } }, /fusion\.features: must name 6 features/],
    ['a feature twice', { ...manifest, fusion: { ...fusion, features: Array(6).fill('if_score') } }, /fusion\.features: must name each feature once/],
    ['a feature of its own', { ...manifest, fusion: { ...fusion, features: ['length', ...fusion.features.slice(1)] } }, /fusion\.features\.0/],
    ['a mean less', { ...manifest, fusion: { ...fusion, means: { ...fusion.means, trajectory_score: undefined } } }, /fusion\.means\.trajectory_score/],
    ['a threshold above 1', { ...manifest, fusion: { ...fusion, threshold: 46 } }, /fusion\.threshold/],
    ['trajectories of one turn', { ...manifest, trajectory: { ...trajectory, minTurns: 1 } }, /trajectory\.minTurns/],
    ['turns the wrong way round', { ...manifest, trajectory: { ...trajectory, minTurns: 7 } }, /trajectory\.minTurns: 7 lies above/],
    ['one intent', { ...manifest, intents: { ...intents, descriptions: { chat: ['Small talk.'] } } }, /intents\.descriptions: must have two intents/],
    [
      'an intent without a description',
      { ...manifest, intents: { ...intents, descriptions: { ...intents.descriptions, chat: [] } } },
      /intents\.descriptions\.chat/,
    ],
    ['a temperature of 0', { ...manifest, intents: { ...intents, temperature: 0 } }, /intents\.temperature/],
    ['a graph elsewhere', { ...manifest, fusion: { ...fusion, artifact: '../fusion.onnx' } }, /fusion\.artifact: must be a plain file name/],
    [
      'a graph without a sum',
      { ...manifest, artifacts: { ...artifacts, 'fusion.onnx': undefined } },
      /artifacts\.fusion\.onnx|fusion\.onnx is used and not listed/,
    ],
  ])('refuses %s', (_name, changed, message) => {
    const text = typeof changed === 'string' ? changed : JSON.stringify(changed);
    expect(() => readAisecopsManifest(new TextEncoder().encode(text))).toThrow(
      expect.objectContaining({ code: 'bundle-invalid', message: expect.stringMatching(message) }),
    );
  });

  it.each([
    ['encoder', 'intfloat/e5-small-v2'],
    ['dimension', 384],
    ['prefix', ''],
  ])('refuses models of another encoder: its %s', (name, value) => {
    const message = new RegExp(`${name}: the models were trained on "${value}"`);
    expect(() => read({ ...manifest, [name]: value })).toThrow(expect.objectContaining({ code: 'head-mismatch', message: expect.stringMatching(message) }));
  });
});
