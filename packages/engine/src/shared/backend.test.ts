import { describe, expect, it } from 'vitest';
import { chooseBackends, withLost } from './backend.ts';
import type { Measured } from './measured.ts';

describe('chooseBackends', () => {
  it.each([
    ['none', true, 'auto', ['wasm-threads', 'wasm']],
    ['none', true, 'wasm', ['wasm-threads', 'wasm']],
    ['none', true, 'webgpu', []],
    ['none', false, 'auto', ['wasm']],
    ['none', false, 'wasm', ['wasm']],
    ['none', false, 'webgpu', []],
    ['software', true, 'auto', ['wasm-threads', 'wasm']],
    ['software', true, 'wasm', ['wasm-threads', 'wasm']],
    ['software', true, 'webgpu', ['webgpu']],
    ['software', false, 'auto', ['wasm']],
    ['software', false, 'wasm', ['wasm']],
    ['software', false, 'webgpu', ['webgpu']],
    ['hardware', true, 'auto', ['webgpu', 'wasm-threads', 'wasm']],
    ['hardware', true, 'wasm', ['wasm-threads', 'wasm']],
    ['hardware', true, 'webgpu', ['webgpu']],
    ['hardware', false, 'auto', ['webgpu', 'wasm']],
    ['hardware', false, 'wasm', ['wasm']],
    ['hardware', false, 'webgpu', ['webgpu']],
  ] as const)('with WebGPU %s, isolated %s and choice %s tries %j', (webgpu, isolated, choice, expected) => {
    expect(chooseBackends({ webgpu, isolated }, choice)).toEqual(expected);
  });

  const [fast, slow] = [
    { 64: 10, 256: 40 },
    { 64: 20, 256: 90 },
  ];
  const GPU_FIRST = ['webgpu', 'wasm-threads', 'wasm'];
  const WASM_FIRST = ['wasm-threads', 'wasm', 'webgpu'];
  it.each<[string, Measured, string[]]>([
    ['nothing', {}, GPU_FIRST],
    ['WebGPU alone', { webgpu: slow }, GPU_FIRST],
    ['WASM alone', { wasm: fast }, GPU_FIRST],
    ['WebGPU the faster', { webgpu: fast, wasm: slow }, GPU_FIRST],
    ['WASM the faster', { webgpu: slow, wasm: fast }, WASM_FIRST],
    ['both alike', { webgpu: fast, wasm: fast }, GPU_FIRST],
    ['each the faster at one length, WebGPU by more', { webgpu: { 64: 20, 256: 40 }, wasm: { 64: 10, 256: 90 } }, GPU_FIRST],
    ['each the faster at one length, WASM by more', { webgpu: { 64: 20, 256: 60 }, wasm: { 64: 9, 256: 90 } }, WASM_FIRST],
    ['WebGPU lost', { webgpu: 'lost' }, WASM_FIRST],
    ['WebGPU lost, which was the faster once', { webgpu: 'lost', wasm: slow }, WASM_FIRST],
    ['WASM lost', { webgpu: slow, wasm: 'lost' }, GPU_FIRST],
    ['both lost', { webgpu: 'lost', wasm: 'lost' }, GPU_FIRST],
  ])('with %s measured tries, where there is a choice, %#', (_name, measured, expected) => {
    expect(chooseBackends({ webgpu: 'hardware', isolated: true }, 'auto', measured)).toEqual(expected);
    expect(chooseBackends({ webgpu: 'software', isolated: true }, 'auto', measured)).toEqual(['wasm-threads', 'wasm']);
    expect(chooseBackends({ webgpu: 'hardware', isolated: true }, 'webgpu', measured)).toEqual(['webgpu']);
    expect(chooseBackends({ webgpu: 'hardware', isolated: true }, 'wasm', measured)).toEqual(['wasm-threads', 'wasm']);
  });
});

describe('withLost', () => {
  const times = { 64: 1, 256: 2 };
  it.each<[Measured, Parameters<typeof withLost>[1], Parameters<typeof withLost>[2], Measured]>([
    [{}, [], 'webgpu', {}],
    [{}, ['webgpu'], 'wasm-threads', { webgpu: 'lost' }],
    [{ webgpu: times, wasm: times }, ['webgpu', 'wasm-threads'], 'wasm', { webgpu: 'lost', wasm: times }],
    [{ webgpu: times, wasm: times }, ['wasm-threads'], 'wasm', { webgpu: times, wasm: times }],
    [{ webgpu: times, wasm: times }, ['wasm-threads', 'wasm'], 'webgpu', { webgpu: times, wasm: 'lost' }],
  ])('of %j, with %j failed and %s running, is %j', (measured, lost, ran, expected) => {
    expect(withLost(measured, lost, ran)).toEqual(expected);
  });
});
