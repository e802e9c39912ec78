import type { LoadProgress } from '@portcullis/guard';
import { describe, expect, it } from 'vitest';
import { progressShare, progressText } from './progress-text.ts';

const loading = (extra: Partial<Extract<LoadProgress, { total: number }>> = {}): LoadProgress => ({
  phase: 'download',
  artifact: 'encoder.weights.bin',
  loaded: 11_260_000,
  total: 22_500_000,
  fromCache: false,
  ...extra,
});
const waiting: LoadProgress = { phase: 'wait', artifact: 'encoder.weights.bin' };
const starting: LoadProgress = { phase: 'start', backend: 'wasm' };

describe('progressText', () => {
  it('says how much came, and from where', () => {
    expect(progressText(loading())).toBe('11.3 of 22.5 MB downloaded');
    expect(progressText(loading({ fromCache: true }))).toBe('11.3 of 22.5 MB from this device');
    expect(progressText(loading({ phase: 'verify' }))).toBe('Verifying 11.3 of 22.5 MB');
  });

  it('gives no figures where no bytes move', () => {
    expect(progressText(starting)).toBe('Starting the models');
    expect(progressText(waiting)).toBe('Another tab is downloading the models');
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

  it('cannot be told while another tab downloads, nor once the models start', () => {
    expect(progressShare(waiting)).toBeUndefined();
    expect(progressShare(starting)).toBeUndefined();
  });
});
