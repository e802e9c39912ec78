import { describe, expect, it } from 'vitest';

// These tests run in plain Node: no page, no worker, as on a server that renders the app.
describe('on a server', () => {
  it.each(['document', 'window', 'Worker', 'HTMLElement'])('there is no %s', (name) => {
    expect(globalThis).not.toHaveProperty(name);
  });

  it('the guard and all its adapters can be imported, and a guard says that it needs a page', async () => {
    const { createGuard } = await import('./index.ts');
    await Promise.all([import('./adapters/ai-sdk.ts'), import('./adapters/ai-sdk-tools.ts'), import('./adapters/mcp-client.ts'), import('./adapters/sse.ts')]);
    expect(() => createGuard({ bundle: '/models/' })).toThrow(expect.objectContaining({ code: 'backend-unavailable' }));
  });
});
