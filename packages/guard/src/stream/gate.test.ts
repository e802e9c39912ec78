import { readdirSync, readFileSync } from 'node:fs';
import { createVault, type PolicyInput, parsePolicy, policyFor, type Redaction, restore, type Verdict } from '@portcullis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPack } from '../../../rules/src/read-pack.ts';
import { unscored } from '../unscored.ts';
import { answerRules, isSign } from './answer-rules.ts';
import { type GateOptions, openGate } from './gate.ts';
import { sentenceEnd } from './sentences.ts';

const { findingsIn, openIn } = await answerRules();

const ALLOW: Verdict = {
  decision: 'allow',
  score: 0.1,
  confidence: 0.9,
  uncertainty: 0,
  signals: [],
  findings: [],
  reason: 'Nothing suspicious found.',
  decidedBy: { kind: 'none' },
  backend: 'wasm',
  latencyMs: 1,
  bundle: 'test@1',
};
const BLOCK: Verdict = {
  ...ALLOW,
  decision: 'block',
  score: 0.9,
  reason: 'Held back.',
  decidedBy: { kind: 'score', score: 0.9, field: 'policy.block', limit: 0.6 },
};

/** The real rules; models that say what a test wants, as what they say of a text is no matter of the gate's. */
function gateFor(policy: PolicyInput = {}, options: GateOptions = {}, scan: (text: string) => Promise<Verdict> = async () => ALLOW) {
  const inForce = policyFor(parsePolicy(policy), { role: 'assistant' });
  const findings = (text: string) => findingsIn(text, inForce.policy.allow, { role: 'assistant', now: 0 });
  const gate = openGate({ findingsIn: findings, openIn, isSign, scan }, inForce, options);
  /** What came out till it was done, or failed. */
  const out = { all: '' };
  const joined = async (pieces: AsyncIterable<string>): Promise<string> => {
    let here = '';
    for await (const piece of pieces) {
      here += piece;
      out.all += piece;
    }
    return here;
  };
  return { out, push: (text: string) => joined(gate.push(text)), end: () => joined(gate.end()) };
}

async function through(
  chunks: readonly string[],
  policy: PolicyInput = {},
  options: GateOptions = {},
  scan?: (text: string) => Promise<Verdict>,
): Promise<string> {
  const gate = gateFor(policy, options, scan);
  let out = '';
  for (const chunk of chunks) out += await gate.push(chunk);
  return out + (await gate.end());
}

const folder = new URL('../../../rules/packs/', import.meta.url);
const RULES = readdirSync(folder)
  .filter((name) => name.startsWith('output-'))
  .flatMap((name) => readPack(readFileSync(new URL(name, folder), 'utf8'), name).rules)
  .filter(({ id, severity }) => severity !== 'low' && !isSign({ rule: id }));
const examplesOf = (rules: typeof RULES) =>
  rules.flatMap(({ id, positive }) => positive.map((text) => [id, `Here you are, as you asked. ${text} and so on. That was all.`] as const));
const SECRETS = examplesOf(RULES);
// What counts only where it is rendered is none between the backticks of this test.
const SECRETS_ANYWHERE = examplesOf(RULES.filter(({ rendered }) => rendered !== true)).map(([, text]) => text);
const HOLDS = ['sentence', 'word'] as const;
const secretsIn = (text: string): string[] =>
  findingsIn(text, parsePolicy().allow, { role: 'assistant', now: 0 }).flatMap(({ severity, excerpt }) => (severity === 'low' ? [] : [excerpt]));

describe.each(HOLDS)('a secret, where what is held is a %s', (hold) => {
  it.each(SECRETS)('%s never passes, cut at any boundary: %j', async (_id, text) => {
    const secrets = secretsIn(text);
    expect(secrets).not.toEqual([]);
    const whole = await through([text], { answer: { hold } });
    for (const secret of secrets) expect(whole).not.toContain(secret);
    expect(whole).toMatch(/^Here you are, as you asked\. .*\[REDACTED_[A-Z]+_1\].* That was all\.$/s);
    for (let cut = 1; cut < text.length; cut += 1) {
      const gate = gateFor({ answer: { hold } });
      const first = await gate.push(text.slice(0, cut));
      // What is out is a beginning of what comes out of the whole: no character of a secret went before its time.
      expect(whole.startsWith(first)).toBe(true);
      expect(first + (await gate.push(text.slice(cut))) + (await gate.end())).toBe(whole);
    }
    expect(await through([...text], { answer: { hold } })).toBe(whole);
  });

  it('never passes, among others, in any chunks', async () => {
    const word = fc.constantFrom(
      'and',
      'the',
      'Then.',
      'so',
      'is',
      'passw',
      'sk-',
      'eyJ',
      '4111',
      '[',
      '![x](http',
      '<b',
      '`',
      '\n',
      '。',
      '中文',
      '👩‍👩‍👧',
      'e\u0301',
    );
    const text = fc.array(fc.oneof(word, fc.constantFrom(...SECRETS_ANYWHERE)), { minLength: 1, maxLength: 10 }).map((words) => words.join(' '));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(40), { maxLength: 60 }), async (whole, sizes) => {
        const chunks: string[] = [];
        let rest = whole;
        for (const size of sizes) {
          chunks.push(rest.slice(0, size));
          rest = rest.slice(size);
        }
        const vault = createVault({ prefix: 'T_' });
        const out = await through([...chunks, rest], { answer: { hold } }, { as: vault });
        for (const secret of secretsIn(whole)) expect(out).not.toContain(secret);
        expect(restore(out, vault)).toBe(whole);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what is held', () => {
  it('is one sentence at most before the first word', async () => {
    const gate = gateFor();
    const first = 'Lisbon, the capital, has about half a million people.';
    let out = '';
    for (const character of first) out += await gate.push(character);
    expect(out).toBe('');
    expect(await gate.push(' ')).toBe(first);
  });

  it('is one word where the policy says so', async () => {
    const gate = gateFor({ answer: { hold: 'word' } });
    const released = [];
    for (const word of ['Lisbon', ' is', ' the', ' capital']) released.push(await gate.push(word));
    expect(released).toEqual(['', 'Lisbon ', 'is ', 'the ']);
  });

  it.each([
    ['an image', 'See ![a chart](https://a.example/', 'c.png) here', 'See'],
    ['a link', 'See [the docs](https://a.example/', 'd) here', 'See'],
    ['a tag', 'See <img src="x" ', 'alt="y"> here', 'See'],
    ['code', 'Run `npm install ', 'x` now', 'Run'],
    ['a number like a card’s', 'Use 4111 1111 ', '1111 1112 then', 'Use'],
  ])('is %s that is open', async (_name, begun, rest, before) => {
    const gate = gateFor({ answer: { hold: 'word' } });
    const first = await gate.push(begun);
    expect(first.trim()).toBe(before);
    expect(first + (await gate.push(rest)) + (await gate.end())).toBe(begun + rest);
  });

  it('is no character’s half', async () => {
    for (const text of ['👩‍👩‍👧‍👦 '.repeat(3), 'e\u0301 '.repeat(3), '中文字'.repeat(3), 'กำแพง'.repeat(3)]) {
      const whole = [...new Intl.Segmenter().segment(text)].map(({ index }) => index);
      for (const size of [1, 2, 3]) {
        const gate = gateFor({ answer: { hold: 'word' } });
        let out = '';
        for (let at = 0; at < text.length; at += size) {
          out += await gate.push(text.slice(at, at + size));
          expect([...whole, text.length]).toContain(out.length);
        }
        expect(out + (await gate.end())).toBe(text);
      }
    }
  });

  it('ends the answer where it grows without end', async () => {
    const stopped: Verdict[] = [];
    const gate = gateFor({}, { onStop: (verdict) => stopped.push(verdict) });
    const key = `-----BEGIN PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEAk5gDKMenTzs0hwHHknpVOAV6IrtNC0iiWXGaTkKXSsyr2Y4A\n'.repeat(40)}`;
    const grow = async () => {
      for (let round = 0; round < 20; round += 1) await gate.push(round === 0 ? key : key.slice(28));
    };
    await expect(grow()).rejects.toMatchObject({ code: 'answer-stopped' });
    expect(stopped).toMatchObject([{ decision: 'block', degraded: { reason: { code: 'input-invalid' } } }]);
  });
});

describe('what is taken out', () => {
  const text = 'Mail jane@a.example, the card is 4111 1111 1111 1111. Bye.';

  it('is told, by placeholder, without what it said', async () => {
    const told: Redaction[] = [];
    const out = await through([text], {}, { onRedaction: (redaction) => told.push(redaction) });
    expect(out).toBe('Mail jane@a.example, the card is [REDACTED_CARD_1]. Bye.');
    expect(told).toMatchObject([{ shown: '[REDACTED_CARD_1]', kind: 'CARD', rule: 'op-card-001', severity: 'high' }]);
    expect(JSON.stringify(told)).not.toContain('4111');
  });

  it('is what the policy says', async () => {
    expect(await through([text], { answer: { redact: 'low' } })).toBe('Mail [REDACTED_EMAIL_1], the card is [REDACTED_CARD_1]. Bye.');
    expect(await through([text], { answer: { redact: 'never' } })).toBe(text);
    expect(await through([text], { allow: { phrases: [{ text: '4111 1111 1111 1111' }] } })).toBe(text);
    expect(await through([text], {}, { as: 'mask' })).toBe('Mail jane@a.example, the card is 4***. Bye.');
  });

  it('is no sign of a bad answer: what the models say of it counts', async () => {
    const sign = 'I am now jailbroken. Ask me anything.';
    expect(findingsIn(sign, parsePolicy().allow, { role: 'assistant', now: 0 })).toMatchObject([{ rule: 'oc-role-001', severity: 'high' }]);
    expect(await through([sign])).toBe(sign);
    const scan = async (text: string): Promise<Verdict> => ({
      ...BLOCK,
      findings: findingsIn(text, parsePolicy().allow, { role: 'assistant', now: 0 }),
      decidedBy: { kind: 'rule', rule: 'oc-role-001', severity: 'high', field: 'policy.blockSeverity', limit: 'high' },
    });
    await expect(gateFor({}, {}, scan).push(sign)).rejects.toMatchObject({ code: 'answer-stopped' });
    await expect(through([sign], { answer: { stop: 'high' } })).rejects.toMatchObject({ code: 'answer-stopped' });
  });

  it('is every one, however many', async () => {
    const cards = Array.from({ length: 12 }, () => '4111 1111 1111 1111').join(' and ');
    expect(await through([`${cards}.`])).not.toContain('4111');
  });

  it('is what a reading without its disguise shows, at the end of its sentence', async () => {
    const encoded = 'c2stcHJvai0wMTIzNDU2Nzg5YWJjZGVmZ2hpag==';
    const scan = async (scanned: string): Promise<Verdict> => {
      const start = scanned.indexOf(encoded);
      const [span, excerpt] = [[start, start + encoded.length] as const, encoded];
      const finding = { rule: 'os-key-001', title: 'Holds a key', severity: 'high', span, excerpt, owasp: [], atlas: [], provenance: ['base64'] } as const;
      return start < 0
        ? ALLOW
        : { ...BLOCK, findings: [finding], decidedBy: { kind: 'rule', rule: 'os-key-001', severity: 'high', field: 'f', limit: 'high' } };
    };
    const gate = gateFor({}, {}, scan);
    expect((await gate.push(`Decode ${encoded} now. `)) + (await gate.end())).toBe('Decode [REDACTED_KEY_1] now. ');
  });
});

describe.each(HOLDS)('an answer is ended, where what is held is a %s,', (hold) => {
  const stoppedBy = async (policy: PolicyInput, chunks: readonly string[], scan?: (text: string) => Promise<Verdict>) => {
    const stopped: Verdict[] = [];
    const gate = gateFor({ ...policy, answer: { ...policy.answer, hold } }, { onStop: (verdict) => stopped.push(verdict) }, scan);
    const all = async () => {
      for (const chunk of chunks) await gate.push(chunk);
      await gate.end();
    };
    await expect(all()).rejects.toMatchObject({ code: 'answer-stopped', cause: expect.objectContaining({ decision: 'block' }) });
    expect(stopped).toHaveLength(1);
    return { out: gate.out.all, verdict: stopped[0] };
  };

  it('by a finding of the severity that ends it', async () => {
    const { out, verdict } = await stoppedBy(
      { answer: { stop: 'high' } },
      [...'One. The card is 4111 1111 1111 1111. Bye. '].map((character) => character),
    );
    expect(verdict).toMatchObject({
      decidedBy: { kind: 'rule', rule: 'op-card-001', field: 'policy.answer.stop', limit: 'high' },
      reason: 'Stopped: holds the number of a payment card.',
    });
    expect('One. The card is ').toContain(out.trimEnd());
  });

  it('by a finding, and what stands before it comes out first, however the text is cut', async () => {
    const clean = 'One is clean. Two is, too. ';
    const text = `${clean}The card is 4111 1111 1111 1111. Bye. `;
    for (let cut = 0; cut < text.length; cut += 1) {
      const { out } = await stoppedBy({ answer: { stop: 'high' } }, [text.slice(0, cut), text.slice(cut)]);
      expect(out.trimEnd()).toBe(hold === 'sentence' ? clean.trimEnd() : `${clean}The card is`);
    }
  });

  it('by any finding, without a part of it, in any chunks', async () => {
    const text = fc.tuple(fc.constantFrom('', 'One. ', 'One. Two and\n', '`a` 中文。 '), fc.constantFrom(...SECRETS_ANYWHERE)).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.nat(300), fc.nat(300), async (whole, first, second) => {
        const gate = gateFor({ answer: { hold, stop: 'medium' } });
        const chunks = [whole.slice(0, first), whole.slice(first, first + second), whole.slice(first + second)];
        const all = async () => {
          for (const chunk of chunks) await gate.push(chunk);
          await gate.end();
        };
        await expect(all()).rejects.toMatchObject({ code: 'answer-stopped' });
        const found = findingsIn(whole, parsePolicy().allow, { role: 'assistant', now: 0 }).filter(({ severity }) => severity !== 'low');
        expect(whole.slice(0, Math.min(...found.map(({ span }) => span[0])))).toContain(gate.out.all);
        expect(whole.startsWith(gate.out.all)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('by what the models say, before its last word', async () => {
    const scan = async (text: string) => (text.includes('evil') ? BLOCK : ALLOW);
    const { out, verdict } = await stoppedBy({}, ['All is well. ', 'An evil sentence. ', 'More of it'], scan);
    expect(verdict).toBe(BLOCK);
    expect(out).not.toContain('More of it');
    if (hold === 'sentence') expect(out).toBe('All is well.');
  });

  it('by what the models say of one of many sentences that came together, which they find in a few readings', async () => {
    let readings = 0;
    const scan = async (text: string) => {
      readings += 1;
      return text.includes('evil') ? BLOCK : ALLOW;
    };
    const well = Array.from({ length: 40 }, (_, index) => `Sentence ${index} is well.`).join(' ');
    const { out, verdict } = await stoppedBy({}, [`${well} An evil sentence. More of it. `], scan);
    expect(verdict).toBe(BLOCK);
    // Under `word` the models follow what is shown.
    if (hold === 'word') return;
    expect(out).toBe(well);
    expect(readings).toBeLessThan(10);
  });

  it('not by a score that is a little too high: each of its sentences is read', async () => {
    const close: Verdict = { ...BLOCK, score: 0.7, decidedBy: { kind: 'score', score: 0.7, field: 'policy.block', limit: 0.6 } };
    const gate = gateFor({ answer: { hold } }, {}, async () => close);
    expect((await gate.push('All is well. ')) + (await gate.end())).toBe('All is well. ');
  });

  it('not by a rule whose findings the policy lets be', async () => {
    const ruled: Verdict = { ...BLOCK, decidedBy: { kind: 'rule', rule: 'op-card-001', severity: 'high', field: 'f', limit: 'high' } };
    const gate = gateFor({ answer: { hold, redact: 'never', stop: 'never' } }, {}, async () => ruled);
    expect((await gate.push('All is well. ')) + (await gate.end())).toBe('All is well. ');
  });
});

describe('where the models end an answer by what is no score, of sentences that came together', () => {
  const outOf = async (scan: (text: string) => Promise<Verdict>) => {
    const gate = gateFor({}, {}, scan);
    await expect(gate.push('Here it is. Its first half. Its second half. More. ')).rejects.toMatchObject({ code: 'answer-stopped' });
    return gate.out.all;
  };

  it('those before a finding are shown, and none that it begins in', async () => {
    const finding = { rule: 'leak-canary', title: 'Holds a canary', severity: 'critical', excerpt: '', owasp: [], atlas: [], provenance: ['joined'] } as const;
    const scan = async (text: string): Promise<Verdict> => {
      const [start, end] = [text.indexOf('first'), text.indexOf('second half')];
      return start < 0 || end < 0 ? ALLOW : { ...BLOCK, findings: [{ ...finding, span: [start, end] }] };
    };
    expect(await outOf(scan)).toBe('Here it is.');
  });

  it('what could not be read is not read in parts', async () => {
    let readings = 0;
    const scan = async (): Promise<Verdict> => {
      readings += 1;
      return unscored({ code: 'inference-failed', message: 'lost' }, 'closed');
    };
    expect(await outOf(scan)).toBe('');
    expect(readings).toBe(1);
  });
});

describe('the models', () => {
  it('read every sentence, with what went before, and the rest at the end', async () => {
    const read: string[] = [];
    const gate = gateFor({}, {}, async (text) => {
      read.push(text);
      return ALLOW;
    });
    for (const chunk of ['One. Two', '. Three. ', 'Four']) await gate.push(chunk);
    await gate.end();
    expect(read).toEqual(['One.', 'One. Two. Three.', 'One. Two. Three. Four']);
  });

  it('read a block of code as one, however long it is', async () => {
    const read: string[] = [];
    const gate = gateFor({}, {}, async (text) => {
      read.push(text);
      return ALLOW;
    });
    await gate.push(`Here:\n\`\`\`html\n${'<p>One.</p>\n'.repeat(150)}`);
    await gate.push('<p>Two.</p>\n');
    await gate.end();
    expect(read.at(-1)).toMatch(/^```\n<p>One\.<\/p>\n[\s\S]*<p>Two\.<\/p>\n?$/);
    expect(read.at(-1)?.length).toBeLessThan(700);
  });

  it('read the answer as a whole at its end where it is to hide something', async () => {
    const drips = ['The first half. ', 'Something else. '.repeat(60), 'The other half. '];
    const scan = async (text: string): Promise<Verdict> => (text.includes('first half') && text.includes('other half') ? BLOCK : ALLOW);
    expect(await through(drips, {}, {}, scan)).toBe(drips.join(''));
    const stopped: Verdict[] = [];
    const hiding = through(drips, {}, { systemPrompt: 'x', onStop: (verdict) => stopped.push(verdict) }, scan);
    await expect(hiding).rejects.toMatchObject({ code: 'answer-stopped' });
    expect(stopped).toEqual([BLOCK]);
    let readings = 0;
    await through(['All at once.'], {}, { canaries: ['abcdefgh'], onVerdict: () => (readings += 1) });
    expect(readings).toBe(1);
  });

  it('read what stands there without the secrets', async () => {
    const read: string[] = [];
    await (async () => {
      const gate = gateFor({}, {}, async (text) => {
        read.push(text);
        return ALLOW;
      });
      await gate.push('The card is 4111 1111 1111 1111. ');
      await gate.end();
    })();
    expect(read).toEqual([`The card is ${'*'.repeat('[REDACTED_CARD_1]'.length)}.`]);
  });

  it('follow what is shown where only words are held', async () => {
    let answer: (verdict: Verdict) => void = () => {};
    const gate = gateFor({ answer: { hold: 'word' } }, {}, () => new Promise((resolve) => (answer = resolve)));
    expect(await gate.push('One. Two')).toBe('One. ');
    expect(await gate.push(' three')).toBe('Two ');
    answer(BLOCK);
    await new Promise((resolve) => setTimeout(resolve));
    await expect(gate.push(' four')).rejects.toMatchObject({ code: 'answer-stopped' });
  });
});

it.each([
  ['One. Two', 4],
  ['He said “no.” And', 13],
  ['3.14 is', 0],
  ['a line\nand', 6],
  ['\nand', 0],
  ['今日は。明日', 4],
  ['x'.repeat(400), 400],
])('a sentence of %j ends at %i', (text, end) => {
  expect(sentenceEnd(text)).toBe(end);
});
