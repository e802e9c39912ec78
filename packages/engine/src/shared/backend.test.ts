import { describe, expect, it } from 'vitest';
import { chooseBackends } from './backend.ts';

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
});
