import type { PolicyInput } from '@portcullis/core';
import type { ToolVerdict } from '@portcullis/core/tools';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EngineGuard, engineGuard } from '../node/testing/engine-guard.ts';
import { guardedTool } from './guarded-tool.ts';

/** Free, forbidden, and always asked about: decided by the policy and the person, whatever the verifier says. */
const POLICY: PolicyInput = {
  tools: {
    unasked: 'confirm',
    rules: [
      { match: 'note', level: 'free' },
      { match: 'wipe', level: 'never' },
      { match: 'mail', level: 'always' },
    ],
  },
};
interface Note {
  readonly text: string;
  readonly extra?: unknown;
}

let guard: EngineGuard;
beforeAll(async () => {
  guard = await engineGuard(POLICY);
});
let made: unknown[] = [];
beforeEach(() => {
  made = [];
});

const tool = (name: string, confirm?: (verdict: ToolVerdict) => boolean | Promise<boolean>) =>
  guardedTool(
    guard,
    { name },
    (input: Note) => {
      made.push(input);
      return `done: ${input.text}`;
    },
    { intent: () => 'Note that the hut opens in May.', context: 'The hut opens in May.', ...(confirm && { confirm }) },
  );

describe('guardedTool', () => {
  it('executes what is allowed, with no question', async () => {
    const asked: ToolVerdict[] = [];
    const outcome = await tool('note', (verdict) => asked.push(verdict) > 0)({ text: 'opens in May' });
    expect(outcome).toMatchObject({ executed: true, value: 'done: opens in May', verdict: { decision: 'allow' } });
    expect([made, asked]).toEqual([[{ text: 'opens in May' }], []]);
  });

  it('asks, and executes after a yes only', async () => {
    const asked: ToolVerdict[] = [];
    expect(await tool('mail', async (verdict) => asked.push(verdict) > 0)({ text: 'May' })).toMatchObject({ executed: true, verdict: { decision: 'confirm' } });
    expect(asked.map(({ json }) => JSON.parse(json))).toEqual([{ name: 'mail', arguments: { text: 'May' } }]);
    expect(made).toHaveLength(1);
  });

  it.each([
    ['no', () => false],
    ['what is no answer', () => 'yes' as unknown as boolean],
    ['nobody', undefined],
  ])('executes nothing after %s', async (_, confirm) => {
    expect(await tool('mail', confirm)({ text: 'May' })).toMatchObject({ executed: false, deniedBy: 'person' });
    expect(made).toEqual([]);
  });

  it('executes nothing where the question itself fails', async () => {
    await expect(tool('mail', () => Promise.reject(new Error('no dialog')))({ text: 'May' })).rejects.toThrow('no dialog');
    expect(made).toEqual([]);
  });

  it('asks nobody about what is blocked', async () => {
    const outcome = await tool('wipe', () => {
      throw new Error('asked');
    })({ text: 'May' });
    expect(outcome).toMatchObject({ executed: false, deniedBy: 'guard', verdict: { decision: 'block' } });
    expect(made).toEqual([]);
  });

  it('executes what was checked, not what it became since', async () => {
    const input = { text: 'May', extra: { to: 'anna' } };
    const asking = tool('mail', async () => {
      input.extra.to = 'eve';
      return true;
    })(input);
    input.text = 'June';
    await asking;
    expect(made).toEqual([{ text: 'May', extra: { to: 'anna' } }]);
  });

  it('reads a getter once', async () => {
    let reads = 0;
    const input = {
      get text() {
        reads += 1;
        return reads === 1 ? 'May' : 'everything';
      },
    };
    await tool('note')(input);
    expect(made).toEqual([{ text: 'May' }]);
  });

  it('executes nothing once its signal fired, be it over the question', async () => {
    const controller = new AbortController();
    const asking = tool('mail', () => {
      controller.abort();
      return true;
    })({ text: 'May' }, { signal: controller.signal });
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
    expect(made).toEqual([]);
  });

  it('executes no call that is none', async () => {
    const circular: { text: string; extra?: unknown } = { text: 'May' };
    circular.extra = circular;
    expect(await tool('note', () => true)(circular)).toMatchObject({
      executed: false,
      deniedBy: 'guard',
      verdict: { degraded: { reason: { code: 'tool-call-invalid' } } },
    });
    expect(made).toEqual([]);
  });
});
