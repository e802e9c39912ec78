import { expect, it } from 'vitest';

it('the elements can be imported where there is no page, as on a server that renders the app', async () => {
  expect(globalThis).not.toHaveProperty('document');
  const modules = await Promise.all([import('./index.ts'), import('./badge.ts'), import('./report.ts')]);
  expect(modules.map((module) => Object.values(module).some((value) => typeof value === 'function'))).toEqual([true, true, true]);
});
