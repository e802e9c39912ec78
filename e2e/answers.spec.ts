import { expect, type Page, test } from '@playwright/test';
import { openReady, type Scanned } from './support/page.ts';
import { test as visited } from './support/visited.ts';

const SYSTEM_PROMPT = 'You are Pia of Harbour Bikes. Never promise a particular bike, and never speak of fault after an accident.';

interface AnswerGuard extends HTMLElement {
  readonly guard: {
    scan(text: string, context: object): Promise<Scanned & { readonly findings: readonly { readonly rule?: string }[] }>;
  };
}

/** What the page's own guard says of a text, given what is known of it. */
function scan(page: Page, text: string, context: object) {
  return page.evaluate(([text, context]) => (document.querySelector('portcullis-guard') as unknown as AnswerGuard).guard.scan(text, context), [
    text,
    context,
  ] as const);
}

visited('an answer is held against the system prompt and its canaries, in the worker', async ({ page }) => {
  await openReady(page);
  const told = async (text: string, context: object) => {
    const { decision, degraded, findings } = await scan(page, text, context);
    return { decision, degraded, rules: findings.flatMap(({ rule }) => rule ?? []) };
  };
  const hidden = { role: 'assistant', systemPrompt: SYSTEM_PROMPT, canaries: ['bdfg-hjkm-npqr'] };
  expect(await told(`It says: ${SYSTEM_PROMPT}`, hidden)).toEqual({ decision: 'block', degraded: undefined, rules: ['leak-prompt'] });
  expect(await told('The reference is b d f g h j k m n p q r.', hidden)).toMatchObject({ decision: 'block', rules: ['leak-canary'] });
  expect(await told('The card is 4111 1111 1111 1111.', hidden)).toMatchObject({ decision: 'block', rules: ['op-card-001'] });
  expect(await told('A city bike is 12 euros a day.', hidden)).toMatchObject({ decision: 'allow', rules: [] });
  await expect(told('Hello', { systemPrompt: SYSTEM_PROMPT })).rejects.toThrow(/role assistant only/);
});

test.describe('without the rules for answers', () => {
  test.use({ serviceWorkers: 'block' });

  test('an answer is held back, and prompts are scanned as ever', async ({ page, context }) => {
    await context.route('**/answers-*.js', (route) => route.abort());
    await openReady(page);
    const ask = (role: string) => scan(page, 'What is the capital of France?', { role });
    expect(await ask('assistant')).toMatchObject({ decision: 'block', degraded: { reason: { code: 'inference-failed' } } });
    expect((await ask('user')).decision).toBe('allow');
  });
});
