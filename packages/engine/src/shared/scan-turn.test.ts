import { type Policy, type PolicyInput, PortcullisError, parsePolicy } from '@portcullis/core';
import type { TextReading, UserTurn } from '@portcullis/core/conversation';
import { describe, expect, it } from 'vitest';
import { VERDICT } from '../node/testing/worker-stand-in.ts';
import { Aborted } from './judge.ts';
import { scanTurn, type TurnParts } from './scan-turn.ts';
import type { Trajectory } from './trajectory.ts';

const BUNDLE = 'b@1';
const reading = (logit: number): TextReading => ({ embedding: new Float32Array([0.6, 0.8]), logit });
const turn = (number: number, more: Partial<UserTurn> = {}): UserTurn => ({
  role: 'user',
  number,
  hash: '',
  score: 0.1,
  risk: 0.1,
  decision: 'allow',
  bundle: BUNDLE,
  reading: reading(-number),
  text: `turn ${number}`,
  ...more,
});

/** Parts that score each text by `scoreOf`, and what they were asked. */
function partsWith(scoreOf: (text: string) => number, more: Partial<TurnParts> = {}) {
  const asked: { text: string; policy: Policy }[] = [];
  const followed: (readonly TextReading[])[] = [];
  const model: Trajectory = {
    thresholds: { warn: 0.7, block: 0.9 },
    read: async (turns) => {
      followed.push(turns);
      return 0.95;
    },
  };
  const parts: TurnParts = {
    read: async (text, policy) => {
      asked.push({ text, policy });
      return { ruled: { ...VERDICT, score: scoreOf(text) }, reading: reading(1) };
    },
    isPlain: async () => true,
    trajectory: { minTurns: 2, load: async () => model },
    thresholds: { warn: 0.3, block: 0.6 },
    cumulative: { warn: 0.3, block: 0.6 },
    bundle: BUNDLE,
    ...more,
  };
  return { parts, asked, followed };
}
const scan = async (parts: TurnParts, earlier: readonly UserTurn[], policy: PolicyInput = {}) =>
  (await scanTurn(parts, { text: 'now', number: earlier.length + 1, earlier }, parsePolicy(policy))).ruled;

describe('scanTurn', () => {
  it('reads a first turn by itself only, and loads nothing for it', async () => {
    const { parts, asked } = partsWith(() => 0.1, { trajectory: { minTurns: 2, load: () => Promise.reject(new Error('loaded')) } });
    const ruled = await scan(parts, []);
    expect(asked.map(({ text }) => text)).toEqual(['now']);
    expect(ruled.conversation).toEqual({ turn: 1, turns: 1, peak: 0.1, accumulated: 0.1, risk: 0.1 });
  });

  it('reads the turns as one text, oldest first, under the conversation’s thresholds', async () => {
    const { parts, asked } = partsWith((text) => (text === 'now' ? 0.1 : 0.5));
    const { conversation } = await scan(parts, [turn(1), turn(2)], { conversation: { block: 0.55, warn: 0.4 } });
    expect(asked.map(({ text }) => text)).toEqual(['now', 'turn 1\nturn 2\nnow']);
    expect(asked.map(({ policy }) => policy.roles.user)).toEqual([undefined, { block: 0.55, warn: 0.4 }]);
    expect(conversation.cumulative).toBe(0.5);
  });

  it('holds the turns as one text by thresholds of their own, and tells their score on the scale of the texts', async () => {
    const { parts, asked } = partsWith((text) => (text === 'now' ? 0.1 : 0.9), { cumulative: { warn: 0.8, block: 0.95 } });
    expect((await scan(parts, [turn(1)])).conversation.cumulative).toBeCloseTo(0.5, 9);
    expect(asked[1]?.policy.roles.user).toEqual({ warn: expect.closeTo(0.8, 9), block: expect.closeTo(0.95, 9) });
    await scan(parts, [turn(1)], { conversation: { block: 0.8, warn: 0.6 } });
    expect(asked[3]?.policy.roles.user).toEqual({ warn: expect.closeTo(0.95, 9), block: expect.closeTo(0.975, 9) });
  });

  it.each([
    ['what a person sent at their own word', [turn(1, { decision: 'warn' }), turn(2)], 'turn 2\nnow'],
    ['what lies before a text that is not known', [turn(1), turn(2, { text: undefined } as never), turn(3)], 'turn 3\nnow'],
    ['what makes it too long', [turn(1), turn(2, { text: 'x'.repeat(3995) })], `${'x'.repeat(3995)}\nnow`],
  ])('leaves out of it %s', async (_name, earlier, joined) => {
    const { parts, asked } = partsWith(() => 0.1);
    await scan(parts, earlier);
    expect(asked.at(-1)?.text).toBe(joined);
  });

  describe('of quiet turns', () => {
    const quiet = reading(-4.7);
    const heard = async (own: TextReading, earlier: readonly UserTurn[], plain = true) => {
      const { parts, asked } = partsWith(() => 0.005, { isPlain: async () => plain });
      const { read } = parts;
      await scan({ ...parts, read: async (text, policy) => ({ ...(await read(text, policy)), reading: own }) }, earlier);
      return asked.length;
    };
    const earlier = [turn(1, { reading: quiet }), turn(2, { reading: quiet })];

    it('reads none as one text', async () => {
      expect(await heard(quiet, earlier)).toBe(1);
    });

    it.each([
      ['one is not', reading(-4.5), earlier, true],
      ['an earlier one is not', quiet, [turn(1, { reading: quiet }), turn(2, { reading: reading(-4.5) })], true],
      ['another bundle read one', quiet, [turn(1, { reading: quiet, bundle: 'other@1' })], true],
      ['the reading of one is not known', quiet, [turn(1, { reading: undefined } as never)], true],
      ['together they match a rule or hide something', quiet, earlier, false],
    ])('reads them as one text where %s', async (_name, own, before, plain) => {
      expect(await heard(own, before, plain)).toBe(2);
    });
  });

  it('reads no text twice where the policy says so', async () => {
    const { parts, asked } = partsWith(() => 0.1);
    const { conversation } = await scan(parts, [turn(1)], { conversation: { cumulative: false } });
    expect(asked).toHaveLength(1);
    expect(conversation).not.toHaveProperty('cumulative');
  });

  it('gives the trajectory model every turn that this bundle has read, the new one last', async () => {
    const { parts, followed } = partsWith(() => 0.1);
    const ruled = await scan(parts, [turn(1), turn(2, { bundle: 'other@1' }), turn(3)]);
    expect(followed).toEqual([[reading(-1), reading(-3), reading(1)]]);
    expect(ruled).toMatchObject({
      decision: 'block',
      decidedBy: { kind: 'conversation', by: 'trajectory' },
      conversation: { trajectory: expect.closeTo(0.8, 9) },
    });
  });

  it('does without a trajectory model where the bundle has none', async () => {
    const { trajectory: _, ...parts } = partsWith(() => 0.1).parts;
    const ruled = await scan(parts, [turn(1)]);
    expect(ruled).not.toHaveProperty('degraded');
    expect(ruled.conversation).not.toHaveProperty('trajectory');
  });

  it.each([
    ['closed', 'block'],
    ['open', 'allow'],
  ] as const)('says that the trajectory model could not be had, and fails %s', async (fail, decision) => {
    const load = () => Promise.reject(new PortcullisError('bundle-network', 'no network'));
    const { parts } = partsWith(() => 0.1, { trajectory: { minTurns: 2, load } });
    expect(await scan(parts, [turn(1)], { fail })).toMatchObject({ decision, degraded: { reason: { code: 'bundle-network' } }, conversation: { risk: 0.1 } });
  });

  it('says that the turns could not be read as one', async () => {
    const degraded = { reason: { code: 'inference-failed', message: 'lost' }, missing: [], coverage: 0 } as const;
    const { parts } = partsWith(() => 0.1);
    const read: TurnParts['read'] = async (text, policy) => (text === 'now' ? parts.read(text, policy) : { ruled: { ...VERDICT, score: null, degraded } });
    expect(await scan({ ...parts, read }, [turn(1)])).toMatchObject({ decision: 'block', degraded: { reason: { code: 'inference-failed' } } });
  });

  it('asks no model about a turn that could not be read by itself', async () => {
    const { parts, followed } = partsWith(() => 0.1);
    const read: TurnParts['read'] = async () => ({ ruled: { ...VERDICT, score: null } });
    expect((await scan({ ...parts, read }, [turn(1)])).conversation).toEqual({ turn: 2, turns: 2, peak: 0.1, risk: null });
    expect(followed).toEqual([]);
  });

  it('lets an abort through', async () => {
    const { parts } = partsWith(() => 0.1, { trajectory: { minTurns: 2, load: () => Promise.reject(new Aborted()) } });
    await expect(scan(parts, [turn(1)])).rejects.toBeInstanceOf(Aborted);
  });
});
