import type { LoadProgress } from '@portcullis/guard';
import { describe, expect, it } from 'vitest';
import { progressShare, progressText } from './progress-text.ts';

const loading = (extra: Partial<Extract<LoadProgress, { artifact: string }>> = {}): LoadProgress => ({
  phase: 'download',
  artifact: 'encoder.weights.bin',
  loaded: 11_260_000,
  total: 22_500_000,
  fromCache: false,
  ...extra,
});
/** The runtime reports what it has as its total. */
const runtime = loading({ artifact: 'runtime', loaded: 4_000_000, total: 4_000_000 });
const starting: LoadProgress = { phase: 'start', backend: 'wasm' };

describe('progressText', () => {
  it('says how much came, and from where', () => {
    expect(progressText(loading())).toBe('11.3 of 22.5 MB downloaded');
    expect(progressText(loading({ fromCache: true }))).toBe('11.3 of 22.5 MB from this device');
    expect(progressText(loading({ phase: 'verify' }))).toBe('Verifying 11.3 of 22.5 MB');
  });

  it('gives no figures where no bytes move', () => {
    expect(progressText(starting)).toBe('Starting the models');
  });

  it('gives no total where none is known', () => {
    expect(progressText(loading({ loaded: 0, total: 0 }))).toBe('0.0 MB downloaded');
    expect(progressText(runtime)).toBe('4.0 MB downloaded');
  });
});

describe('progressShare', () => {
  it.each([
    [0, 100, 0],
    [25, 100, 0.25],
    [100, 100, 1],
    [120, 100, 1],
  ])('%d of %d bytes is %d', (loaded, total, share) => {
    expect(progressShare(loading({ loaded, total }))).toBe(share);
  });

  it('cannot be told before the total is known, nor once the models start', () => {
    expect(progressShare(loading({ loaded: 5, total: 0 }))).toBeUndefined();
    expect(progressShare(starting)).toBeUndefined();
  });

  it('is not whole for a runtime that is still coming', () => {
    expect(progressShare(runtime)).toBeUndefined();
  });
});
