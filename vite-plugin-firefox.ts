import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** What Firefox has no name for. */
const CHROME_ONLY = ['minimum_chrome_version', 'cross_origin_embedder_policy', 'cross_origin_opener_policy', 'incognito'];

/** Makes the built manifest one of Firefox's: an event page in the place of the service worker, no offscreen document, an id. */
export function firefoxManifest(): Plugin {
  let path = '';
  return {
    name: 'portcullis:firefox',
    configResolved(config) {
      path = join(resolve(config.root, config.build.outDir), 'manifest.json');
    },
    closeBundle() {
      const manifest = JSON.parse(readFileSync(path, 'utf8'));
      for (const name of CHROME_ONLY) delete manifest[name];
      manifest.background = { scripts: ['event-page.js'], type: 'module' };
      manifest.permissions = manifest.permissions.filter((name: string) => name !== 'offscreen');
      // Firefox takes the schema of managed storage from the policy itself.
      delete manifest.storage;
      manifest.browser_specific_settings = {
        gecko: { id: 'extension@portcullis.invalid', strict_min_version: '140.0', data_collection_permissions: { required: ['none'] } },
        gecko_android: { strict_min_version: '142.0' },
      };
      writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
    },
  };
}
