import { describe, expect, it } from 'vitest';
import { backendName, duration, megabytes, score } from './format.ts';

describe('duration', () => {
  it.each([
    [0, '0.0 ms'],
    [4.24, '4.2 ms'],
    [9.94, '9.9 ms'],
    [9.96, '10 ms'],
    [61.4, '61 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [1449, '1.4 s'],
  ])('%d is %s', (ms, shown) => {
    expect(duration(ms)).toBe(shown);
  });
});

describe('score', () => {
  it.each([
    [0, '0.00'],
    [0.29, '0.29'],
    [0.57, '0.57'],
    [0.7999, '0.79'],
    [0.8, '0.80'],
    [0.99999, '0.99'],
    [1, '1.00'],
  ])('%d is %s, rounded up over no threshold', (value, shown) => {
    expect(score(value)).toBe(shown);
  });

  it('invents no figure', () => {
    expect(score(null)).toBe('–');
  });
});

describe('megabytes', () => {
  it('are decimal, with one place', () => {
    expect(megabytes(22_540_000)).toBe('22.5 MB');
  });
});

describe('backendName', () => {
  it('tells threads apart, and no backend from any', () => {
    expect(['webgpu', 'wasm-threads', 'wasm', 'none'].map((name) => backendName(name as Parameters<typeof backendName>[0]))).toEqual([
      'WebGPU',
      'WASM, threads',
      'WASM',
      'none',
    ]);
  });
});
