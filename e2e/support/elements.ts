import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build, type Rollup } from 'vite';

const source = (name: string): string => fileURLToPath(new URL(`../../packages/element/src/${name}.ts`, import.meta.url));

let script: Promise<string> | undefined;

/** Badge and report as one script of their own, as an app that adds them would load them. */
async function elementsScript(): Promise<string> {
  const entry = '\0elements';
  const [output] = (await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'elements',
        enforce: 'pre',
        // The library's entry comes as a path.
        resolveId: (id) => (id.endsWith('elements-under-test') ? entry : undefined),
        load: (id) => (id === entry ? `import ${JSON.stringify(source('badge'))};\nimport ${JSON.stringify(source('report'))};` : undefined),
      },
    ],
    build: { write: false, target: 'es2022', lib: { entry: 'elements-under-test', formats: ['es'] }, rollupOptions: { output: { codeSplitting: false } } },
  })) as Rollup.RollupOutput[];
  const chunk = output?.output[0];
  if (chunk?.type !== 'chunk') throw new Error('there is no script');
  return chunk.code;
}

/** Defines `<portcullis-badge>` and `<portcullis-report>` in a page. */
export async function addElements(page: Page): Promise<void> {
  script ??= elementsScript();
  const body = await script;
  await page.route('**/elements-under-test.js', (route) => route.fulfill({ contentType: 'text/javascript', body }));
  await page.addScriptTag({ url: '/elements-under-test.js', type: 'module' });
  await page.waitForFunction(() => customElements.get('portcullis-report') !== undefined);
}
