import { describe, expect, it } from 'vitest';
import { madeUpBundle } from '../node/testing/made-up-bundle.ts';
import { fileOf, jsonOf } from './bundle.ts';

const bundle = madeUpBundle();

describe('an artifact of a bundle', () => {
  it('is given as bytes and as JSON', () => {
    expect(fileOf(bundle, 'weights.bin')).toBe(bundle.files.get('weights.bin'));
    expect(jsonOf(bundle, 'manifest.json')).toEqual(bundle.manifest);
  });

  it.each([fileOf, jsonOf])('is missing where it was not loaded: %o', (read) => {
    expect(() => read(bundle, 'absent.json')).toThrow(expect.objectContaining({ code: 'bundle-missing', message: 'absent.json was not loaded' }));
  });

  it('is refused as JSON where it is none', () => {
    expect(() => jsonOf(bundle, 'tokenizer.json')).toThrow(expect.objectContaining({ code: 'bundle-invalid', message: 'tokenizer.json is no JSON' }));
  });
});
