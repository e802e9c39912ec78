import { describe, expect, it } from 'vitest';
import { madeUpBundle } from '../node/testing/made-up-bundle.ts';
import { bundleName, neededArtifacts, parseManifest, readManifest } from './manifest.ts';

/** The made-up manifest with one value changed, at a path of keys with slashes; `undefined` takes the field out. */
function changed(path: string, value: unknown): unknown {
  const manifest: Record<string, unknown> = structuredClone(madeUpBundle().manifest);
  const keys = path.split('/');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((node, key) => node[key] as Record<string, unknown>, manifest);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return manifest;
}

const refusal = (code: string, message: RegExp) => expect.objectContaining({ name: 'PortcullisError', code, message: expect.stringMatching(message) });

describe('parseManifest', () => {
  it('takes a whole manifest as it is', () => {
    const { manifest } = madeUpBundle();
    expect(parseManifest(structuredClone(manifest))).toEqual(manifest);
  });

  it.each([null, 'text', 7, []])('refuses %j', (json) => {
    expect(() => parseManifest(json)).toThrow(refusal('bundle-invalid', /^manifest\.json: /));
  });

  it.each([
    ['format', 1],
    ['format', undefined],
    ['id', 7],
    ['version', undefined],
    ['encoder/dimension', 0],
    ['encoder/dimension', 8.5],
    ['encoder/maxTokens', '128'],
    ['encoder/overlapTokens', -1],
    ['encoder/pooling', 'cls'],
    ['encoder/prefix', undefined],
    ['heads/anomaly', undefined],
    ['heads/similarity/size', 0],
    ['heads/intent/size', 1],
    ['heads/intent/temperature', 0],
    ['fusion/features/classifier/std', 0],
    ['fusion/features/lexical/weight', Number.POSITIVE_INFINITY],
    ['calibration/rows/benign', 0],
    ['calibration/youden/j', 1.1],
    ['thresholds/block', 1.01],
    ['thresholds/warn', -0.1],
    ['thresholds/block', Number.NaN],
    ['licences', {}],
  ])('refuses %s: %j, naming the field', (path, value) => {
    const field = path.replaceAll('/', '.');
    expect(() => parseManifest(changed(path, value))).toThrow(refusal('bundle-invalid', new RegExp(`^manifest\\.json: ${field.replaceAll('.', '\\.')}: `)));
  });

  it.each(['../secret', '..', '.', '.hidden', '', 'a/b', 'a\\b', 'https://elsewhere.example/x', 'a?b', 'a%2Fb', 'weights.bin\n'])(
    'takes no path for a file name: %j',
    (name) => {
      expect(() => parseManifest(changed('encoder/weights', name))).toThrow(refusal('bundle-invalid', /^manifest\.json: encoder\.weights: /));
      const listed = structuredClone(madeUpBundle().manifest);
      listed.artifacts[name] = { bytes: 1, sha256: 'a'.repeat(64) };
      expect(() => parseManifest(listed)).toThrow(refusal('bundle-invalid', /^manifest\.json: artifacts/));
    },
  );

  it.each([
    ['upper case', 'A'.repeat(64)],
    ['too short', 'a'.repeat(63)],
    ['no hash', ''],
  ])('refuses a SHA-256 that is %s', (_name, sha256) => {
    expect(() => parseManifest(changed('artifacts/weights.bin', { bytes: 1, sha256 }))).toThrow(refusal('bundle-invalid', /^manifest\.json: artifacts\./));
  });

  it.each([0, -1, 1.5, '1'])('refuses an artifact of %j bytes', (bytes) => {
    expect(() => parseManifest(changed('artifacts/weights.bin', { bytes, sha256: 'a'.repeat(64) }))).toThrow(refusal('bundle-invalid', /bytes: /));
  });

  it.each(['classifier', 'trees', 'similarity', 'intent', 'anomaly'])('refuses the head %s if it was trained on another encoder', (head) => {
    const other = changed(`heads/${head}/encoder`, 'encoder@abd');
    expect(() => parseManifest(other)).toThrow(refusal('head-mismatch', new RegExp(`^head ${head} was trained on encoder@abd, .* encoder@abc$`)));
  });

  it.each([...madeUpBundle().files.keys()].filter((name) => name !== 'manifest.json'))('refuses a manifest that uses %s and does not list it', (name) => {
    const missing = changed(`artifacts/${name}`, undefined);
    expect(() => parseManifest(missing)).toThrow(refusal('bundle-invalid', new RegExp(`artifacts: ${name.replace('.', '\\.')} is used and not listed`)));
  });

  it('does not take a property that every object has for an artifact', () => {
    expect(() => parseManifest(changed('encoder/weights', 'constructor'))).toThrow(refusal('bundle-invalid', /constructor is used and not listed/));
  });

  it('refuses thresholds in the wrong order, and takes equal ones', () => {
    expect(() => parseManifest(changed('thresholds/warn', 0.61))).toThrow(refusal('bundle-invalid', /thresholds\.warn: 0\.61 lies above/));
    expect(() => parseManifest(changed('thresholds/warn', 0.6))).not.toThrow();
  });
});

describe('the optional trajectory model', () => {
  const part = { artifact: 'lexical.bin', encoder: 'encoder@abc', maxTurns: 6, minTurns: 2, thresholds: { warn: 0.7, block: 0.9 } };

  it('is taken as it is', () => {
    expect(parseManifest(changed('trajectory', part)).trajectory).toEqual(part);
  });

  it('is refused if it was trained on another encoder', () => {
    expect(() => parseManifest(changed('trajectory', { ...part, encoder: 'encoder@abd' }))).toThrow(
      refusal('head-mismatch', /^head trajectory was trained on/),
    );
  });

  it.each([
    [{ artifact: 'absent.onnx' }, /artifacts: absent\.onnx is used and not listed/],
    [{ artifact: '../x' }, /trajectory\.artifact: /],
    [{ encoder: undefined }, /trajectory\.encoder: /],
    [{ maxTurns: 0 }, /trajectory\.maxTurns: /],
    [{ minTurns: 7 }, /trajectory\.minTurns: 7 lies above/],
    [{ thresholds: { warn: 0.9, block: 0.7 } }, /trajectory\.thresholds\.warn: 0\.9 lies above trajectory\.thresholds\.block/],
  ])('is refused with %j', (change, message) => {
    expect(() => parseManifest(changed('trajectory', { ...part, ...change }))).toThrow(refusal('bundle-invalid', message));
  });
});

describe('readManifest', () => {
  it('reads the bytes of one', () => {
    const { manifest, files } = madeUpBundle();
    expect(readManifest(files.get('manifest.json') ?? new Uint8Array())).toEqual(manifest);
  });

  it.each(['', '<!doctype html>', '{"format": 2'])('says that %j is no JSON', (text) => {
    expect(() => readManifest(new TextEncoder().encode(text))).toThrow(refusal('bundle-invalid', /^manifest\.json is no JSON$/));
  });
});

describe('what is asked of a manifest', () => {
  it('names the bundle', () => {
    expect(bundleName(madeUpBundle().manifest)).toBe('made-up@1.0.0');
  });

  it('needs every artifact for texts', () => {
    const { manifest } = madeUpBundle();
    expect(neededArtifacts(manifest).sort()).toEqual(Object.keys(manifest.artifacts).sort());
    const dictionaries = 'dictionaries.txt';
    expect(neededArtifacts({ ...manifest, dictionaries })).toContain(dictionaries);
  });
});
