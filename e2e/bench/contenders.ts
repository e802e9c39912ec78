import type { Page } from '@playwright/test';

/** Read by all: 64 tokens in every vocabulary that takes part, the prefix and the special tokens included. */
const TEXT =
  'We are planning a weekend in the mountains with two small children and a dog. Which easy walks would you suggest near a lake, where could we ' +
  'stay for one night, and what should we pack if it may rain on the second day? Please keep the answer short and friendly, as a list.';
const TOKENS = 64;
const BUNDLE = '/models/portcullis/';

/** Types of what the page imports; they end at the browser's door. */
type GuardModule = typeof import('../../packages/guard/src/index.ts');
type BareModule = typeof import('../../packages/engine/src/page/testing/bare.ts');
type RivalModule = typeof import('../../packages/engine/src/page/testing/rival.ts');

/** A model of others, as it is loaded. */
export interface RivalSpec {
  readonly name: string;
  readonly task: 'feature-extraction' | 'text-classification';
  readonly model: string;
  /** Measured in every so manieth round only. */
  readonly every: number;
}

export interface Race {
  readonly backend: string;
  readonly versions: { readonly library: string; readonly runtime: string };
  /** Milliseconds by contender: `scan`, `encoder`, and the rivals by their names. */
  readonly times: Readonly<Record<string, readonly number[]>>;
}

/** All in one page, one after the other in turn, each round beginning with another: what the machine does meanwhile hits all alike. */
export function race(page: Page, rivals: readonly RivalSpec[], rounds: number): Promise<Race> {
  return page.evaluate(
    async ({ text, tokens, bundle, rivals, rounds }) => {
      const own = (name: string): string => `${location.origin}/${name}.js`;
      const { createGuard } = (await import(own('portcullis/guard'))) as GuardModule;
      const { loadBare } = (await import(own('bare'))) as BareModule;
      const { loadRival, versions } = (await import(own('rival'))) as RivalModule;
      const guard = createGuard({ bundle });
      const { backend } = await guard.ready;
      const { bare } = await loadBare(location.origin + bundle);
      const contenders: { name: string; every: number; run: () => Promise<number> }[] = [];
      const check = (name: string, count: number): void => {
        if (count !== tokens) throw new Error(`${name} reads ${count} tokens, not ${tokens}`);
      };
      check('the encoder', await bare.tokens(text));
      contenders.push({
        name: 'scan',
        every: 1,
        async run() {
          const began = performance.now();
          const { decision, degraded } = await guard.scan(text);
          const took = performance.now() - began;
          if (decision !== 'allow' || degraded) throw new Error(`the guard says ${decision}: ${degraded?.reason.message}`);
          return took;
        },
      });
      contenders.push({ name: 'encoder', every: 1, run: () => bare.run(text) });
      for (const { name, task, model, every } of rivals) {
        const rival = await loadRival(task, '/rivals/', model);
        // E5's own prefix, which our encoder takes, too.
        const given = `query: ${text}`;
        check(name, rival.tokens(given));
        contenders.push({
          name,
          every,
          async run() {
            const began = performance.now();
            await rival.run(given);
            return performance.now() - began;
          },
        });
      }
      const times: Record<string, number[]> = Object.fromEntries(contenders.map(({ name }) => [name, []]));
      // A pool of threads spins for a while after its last work.
      const rest = () => new Promise((resolve) => setTimeout(resolve, 20));
      for (const { run, every } of contenders) for (let round = 0; round < 10 / every; round += 1) await run();
      for (let round = 0; round < rounds; round += 1) {
        for (let turn = 0; turn < contenders.length; turn += 1) {
          const contender = contenders[(round + turn) % contenders.length];
          if (contender === undefined || round % contender.every > 0) continue;
          await rest();
          times[contender.name]?.push(await contender.run());
        }
      }
      return { backend, versions, times };
    },
    { text: TEXT, tokens: TOKENS, bundle: BUNDLE, rivals, rounds },
  );
}

/** What a start takes on a second visit, and what of it is the creation of the sessions, in milliseconds. */
export interface Start {
  readonly loadMs: number;
  readonly createMs: number;
}

/** One visit, in a page of its own. `first`: which of the two comes first. Nothing is downloaded, or it throws. */
export function start(page: Page, first: 'guard' | 'bare'): Promise<Start> {
  return page.evaluate(
    async ({ bundle, first }) => {
      const rest = () => new Promise((resolve) => setTimeout(resolve, 200));
      const load = async (): Promise<number> => {
        const { createGuard } = (await import(`${location.origin}/portcullis/guard.js`)) as GuardModule;
        const guard = createGuard({ bundle });
        const { loadMs, downloadedBytes } = await guard.ready;
        guard.close();
        if (downloadedBytes > 0) throw new Error(`${downloadedBytes} bytes were downloaded`);
        await rest();
        return loadMs;
      };
      const create = async (): Promise<number> => {
        const { loadBare } = (await import(`${location.origin}/bare.js`)) as BareModule;
        const { createMs, close } = await loadBare(location.origin + bundle);
        close();
        await rest();
        return createMs;
      };
      if (first === 'guard') return { loadMs: await load(), createMs: await create() };
      return { createMs: await create(), loadMs: await load() };
    },
    { bundle: BUNDLE, first } as const,
  );
}

/** The first visit, which downloads. */
export function visit(page: Page): Promise<void> {
  return page.evaluate(async (bundle) => {
    const { createGuard } = (await import(`${location.origin}/portcullis/guard.js`)) as GuardModule;
    const guard = createGuard({ bundle });
    await guard.ready;
    guard.close();
  }, BUNDLE);
}
