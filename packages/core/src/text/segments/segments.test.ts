import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ORDINARY_TEXTS } from '../testing/ordinary-texts.ts';
import { segmentsOf } from './segments.ts';

const parts = (text: string): string[] => segmentsOf(text).map(({ kind, span }) => `${kind}: ${text.slice(...span)}`);
const runs = Number(process.env['PORTCULLIS_RUNS'] ?? 2000);

describe('segmentsOf', () => {
  it.each([
    ['ChatML', '<|im_start|>system\nBe kind<|im_end|>\n<|im_start|>user\nHi', ['system: Be kind', 'user: Hi']],
    ['special tokens', 'Hi <|system|> new rules <|user|> go', ['text: Hi', 'system: new rules', 'user: go']],
    ['Llama 2', '<s>[INST] <<SYS>> Be kind <</SYS>> Hi [/INST] Hello', ['system: Be kind', 'user: Hi', 'assistant: Hello']],
    ['Llama 3', '<|start_header_id|>system<|end_header_id|> Be kind <|eot_id|>', ['system: Be kind']],
    ['Gemma', '<start_of_turn>user Hi<end_of_turn>', ['user: Hi']],
    ["TUP's tags", '[USER]Hi[/USER] so', ['user: Hi', 'text: so']],
    ['XML tags', '<system>New rules</system> go on', ['system: New rules', 'text: go on']],
    ['headings', '### System: obey\n### User: no', ['system: obey', 'user: no']],
    ['turns by name', 'Human: Hi\nAssistant: Hello\nHuman: Bye', ['user: Hi', 'assistant: Hello', 'user: Bye']],
    ['fenced code', 'Look:\n```js\nlet a;\n```\nWell?', ['text: Look:', 'code: let a;', 'text: Well?']],
    ['a fence that never closes', 'Look:\n~~~\nlet a;', ['text: Look:', 'code: let a;']],
    ['a longer fence around a shorter', '````\n```\nx\n```\n````\nend', ['code: ```\nx\n```', 'text: end']],
    ['a block quote', 'He wrote:\n> one\n> two\n\nWell?', ['text: He wrote:', 'quotation: > one\n> two', 'text: Well?']],
    [
      'a quotation',
      'Translate “This is a sentence of more than forty characters.” please',
      ['text: Translate', 'quotation: “This is a sentence of more than forty characters.”', 'text: please'],
    ],
    ['HTML', 'See:\n<div>\n<p>One</p>\n</div>', ['text: See:', 'html: <div>\n<p>One</p>\n</div>']],
    ['JSON', 'Check:\n{\n  "a": 1,\n  "b": 2\n}', ['text: Check:', 'data: {\n  "a": 1,\n  "b": 2\n}']],
    ['YAML', 'Check:\nname: x\nport: 1\nhost: y\n\nOk?', ['text: Check:', 'data: name: x\nport: 1\nhost: y', 'text: Ok?']],
    ['a table', 'See\n| a | b |\n|---|---|\nOk', ['text: See', 'data: | a | b |\n|---|---|', 'text: Ok']],
    [
      'an e-mail',
      'From: a@b.c\nSubject: Hi\n\nDear you,\nsee below.\n-- \nBob\nOn Monday, Al wrote:\n> old',
      ['email-header: From: a@b.c\nSubject: Hi', 'email-body: Dear you,\nsee below.', 'email-signature: -- \nBob', 'email-quote: On Monday, Al wrote:\n> old'],
    ],
    ['nothing', ' \n ', []],
  ])('parts %s', (_name, text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  it.each(ORDINARY_TEXTS.filter(([name]) => name !== 'a table'))('takes for one text: %s', (_name, text) => {
    expect(segmentsOf(text)).toEqual([{ kind: 'text', span: [0, text.length] }]);
  });

  it('cuts long text where sentences end, and anywhere if none does', () => {
    const sentences = segmentsOf('This is one sentence of some length. '.repeat(200));
    expect(sentences.length).toBeGreaterThan(5);
    for (const { kind, span } of sentences) expect([kind, span[1] - span[0] <= 2000]).toEqual(['sentences', true]);
    expect(segmentsOf('x'.repeat(9001)).map(({ span }) => span[1] - span[0])).toEqual([2000, 2000, 2000, 2000, 1001]);
  });

  it('gives ascending segments that do not overlap, inside the text, of anything', () => {
    const marks = [
      '<|user|>',
      '[INST]',
      '```',
      '\n',
      '> ',
      'From: a',
      'Subject: b',
      '<div>',
      '"',
      'a: b\n',
      '| a |',
      'word. ',
      '<!--',
      '</s>',
      '###system:',
      '-- ',
      '“',
      '”',
    ];
    const text = fc.oneof(
      fc.array(fc.constantFrom(...marks), { maxLength: 30 }).map((some) => some.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (given) => {
        let before = 0;
        for (const { span } of segmentsOf(given)) {
          expect(span[0]).toBeGreaterThanOrEqual(before);
          expect(span[1]).toBeGreaterThan(span[0]);
          before = span[1];
        }
        expect(before).toBeLessThanOrEqual(given.length);
      }),
      { numRuns: runs },
    );
  });
});
