import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { neededArtifacts } from '../shared/manifest.ts';
import { readBundle } from './read-bundle.ts';
import { madeUpBundle } from './testing/made-up-bundle.ts';

const { manifest, files } = madeUpBundle();
const needed = neededArtifacts(manifest);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
});
afterEach(() => rm(folder, { recursive: true }));

const refusal = (code: string, ...parts: string[]) =>
  expect.objectContaining({ name: 'PortcullisError', code, message: expect.stringContaining(parts.join(' ')) });

describe('readBundle', () => {
  it('gives the manifest, and the files that texts need', async () => {
    const bundle = await readBundle(folder);
    expect(bundle.manifest).toEqual(manifest);
    expect([...bundle.files.keys()]).toEqual(needed);
    for (const [name, bytes] of bundle.files) expect(Buffer.from(bytes).equals(files.get(name) ?? Buffer.of())).toBe(true);
  });

  it.each(['manifest.json', ...needed])('says which file is missing: %s', async (name) => {
    await rm(join(folder, name));
    await expect(readBundle(folder)).rejects.toEqual(refusal('bundle-missing', join(folder, name), 'cannot be read'));
  });

  it.each(needed)('says which file was changed: %s', async (name) => {
    await writeFile(join(folder, name), 'something else');
    await expect(readBundle(folder)).rejects.toEqual(refusal('bundle-corrupt', `${join(folder, name)}: SHA-256 differs`));
  });

  it('says that a manifest is none', async () => {
    await writeFile(join(folder, 'manifest.json'), '{');
    await expect(readBundle(folder)).rejects.toEqual(refusal('bundle-invalid', 'manifest.json is no JSON'));
  });
});
