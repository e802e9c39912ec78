import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Row, readRows } from './rows.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rows-'));
});
afterAll(() => rm(folder, { recursive: true }));

const pathOf = (name: string): string => join(folder, name);
/** The rows of a file with this content. */
async function rowsOf(content: string | Uint8Array, name = 'rows.jsonl'): Promise<Row[]> {
  await writeFile(pathOf(name), content);
  const rows: Row[] = [];
  for await (const row of readRows(pathOf(name))) rows.push(row);
  return rows;
}
const refusal = (start: string) => expect.objectContaining({ name: 'PortcullisError', code: 'input-invalid', message: expect.stringContaining(start) });

const LINES = '{"id":"a","text":"Grüße","label":1,"category":"pi","lang":"de"}\n{"id":2,"text":"","split":"test"}\n';
const ROWS = [
  { kind: 'prompt', id: 'a', text: 'Grüße', label: 1, category: 'pi' },
  { kind: 'prompt', id: 2, text: '', split: 'test' },
];

describe('readRows', () => {
  it.each([
    ['plain', 'rows.jsonl', LINES],
    ['gzipped', 'rows.jsonl.gz', gzipSync(LINES)],
    ['gzipped under a plain name', 'rows.jsonl', gzipSync(LINES)],
    ['plain under a gzip name', 'rows.jsonl.gz', LINES],
    ['with Windows line ends', 'rows.jsonl', LINES.replaceAll('\n', '\r\n')],
    ['with blank lines and no last line end', 'rows.jsonl', `\n${LINES.replace('\n', '\n  \n').trimEnd()}`],
    ['with a byte-order mark', 'rows.jsonl', `\uFEFF${LINES}`],
  ])('reads a file that is %s', async (_kind, name, content) => {
    expect(await rowsOf(content, name)).toEqual(ROWS);
  });

  it('reads rows that a chunk of the stream cuts', async () => {
    const rows = Array.from({ length: 3000 }, (_, id) => ({ id, text: 'ü'.repeat(id % 97) }));
    expect(await rowsOf(rows.map((row) => JSON.stringify(row)).join('\n'))).toEqual(rows.map((row) => ({ kind: 'prompt', ...row })));
  });

  it('keeps a text as it is, line separators of Unicode included', async () => {
    const text = 'a\u2028b\u2029c\u0085d \u0000';
    expect(await rowsOf(JSON.stringify({ id: 1, text }))).toEqual([{ kind: 'prompt', id: 1, text }]);
  });

  it.each(['', '\n \n'])('finds no rows in %j', async (content) => {
    expect(await rowsOf(content)).toEqual([]);
  });

  it.each([
    ['labelled spans', { text: 'x', spans: [{ start: 0, end: 1, type: 'PERSON' }] }, { kind: 'output', spans: [{ start: 0, end: 1, type: 'PERSON' }] }],
    ['a prompt’s category', { text: 'x', label: 1, category: 'jailbreak' }, { kind: 'prompt', label: 1, category: 'jailbreak' }],
    ['another category and no language', { text: 'x', label: 0, category: 'api_key' }, { kind: 'output', spans: [], label: 0, category: 'api_key' }],
    ['a category and a language', { text: 'x', category: 'pi', lang: 'en' }, { kind: 'prompt', category: 'pi' }],
    [
      'a category and a system prompt',
      { text: 'x', category: 'pi', system_prompt: 'Be brief.' },
      { kind: 'prompt', category: 'pi', systemPrompt: 'Be brief.' },
    ],
    ['nothing but a text', { text: 'x' }, { kind: 'prompt' }],
  ])('tells prompts from outputs: %s', async (_name, fields, expected) => {
    expect(await rowsOf(JSON.stringify({ id: 1, ...fields }))).toEqual([{ id: 1, text: 'x', ...expected }]);
  });

  it('tells conversations, with the scores of another model', async () => {
    const turns = [
      { role: 'user', text: 'a' },
      { role: 'assistant', text: 'b' },
    ];
    expect(await rowsOf(JSON.stringify({ id: 1, turns, label: 0, category: 'chat' }))).toEqual([{ kind: 'conversation', id: 1, turns, label: 0 }]);
    expect(await rowsOf(JSON.stringify({ id: 1, turns, anchor_model: 'm', anchor_scores: [0.5] }))).toEqual([
      { kind: 'conversation', id: 1, turns, anchor: { model: 'm', scores: [0.5] } },
    ]);
  });

  it('leaves what it does not know', async () => {
    expect(await rowsOf('{"id":1,"text":"x","lang":"en","system_prompt":null}')).toEqual([{ kind: 'prompt', id: 1, text: 'x' }]);
  });

  it.each([
    ['no JSON', '{"id": 1,', 'no JSON: '],
    ['no object', '"text"', 'row: '],
    ['no text', '{"id": 1}', 'text: '],
    ['a text of another type', '{"id": 1, "text": ["x"]}', 'text: '],
    ['no id', '{"text": "x"}', 'id: '],
    ['no turn', '{"id": 1, "turns": []}', 'turns: '],
    ['a turn of nobody', '{"id": 1, "turns": [{"role": "user", "text": "x"}, {"role": "narrator", "text": "y"}]}', 'turns.1.role: '],
    ['a tool call without an intent', '{"id": 1, "tool_call": {"name": "f", "arguments": {}}}', 'user_intent: '],
    ['a tool call without a tool', '{"id": 1, "user_intent": "x", "tool_call": {"arguments": {}}}', 'tool_call.name: '],
    ['a span without an end', '{"id": 1, "text": "x", "spans": [{"start": 0, "type": "PERSON"}]}', 'spans.0.end: '],
    ['another label', '{"id": 1, "text": "x", "label": 2}', 'label: '],
  ])('names file, line and field of a row with %s', async (_kind, line, field) => {
    await expect(rowsOf(`${LINES}\n${line}\n`)).rejects.toEqual(refusal(`${pathOf('rows.jsonl')}:4: ${field}`));
  });

  it('gives the rows before a bad one', async () => {
    await writeFile(pathOf('rows.jsonl'), `${LINES}nonsense`);
    const rows = readRows(pathOf('rows.jsonl'));
    expect([(await rows.next()).value, (await rows.next()).value]).toEqual(ROWS);
    await expect(rows.next()).rejects.toEqual(refusal(`${pathOf('rows.jsonl')}:3: `));
  });

  it('names a file that is not there', async () => {
    await expect(readRows(pathOf('absent.jsonl')).next()).rejects.toEqual(refusal(`${pathOf('absent.jsonl')}: cannot be read: `));
  });

  it('names a folder given for a file', async () => {
    await expect(readRows(folder).next()).rejects.toEqual(refusal(`${folder}: cannot be read: `));
  });

  it.each([
    ['cut short', gzipSync(LINES).subarray(0, -12)],
    ['broken', gzipSync(LINES).map((byte, index) => (index > 12 ? byte ^ 0x55 : byte))],
  ])('names a gzip file that is %s', async (_kind, content) => {
    await expect(rowsOf(content, 'rows.jsonl.gz')).rejects.toEqual(refusal(`${pathOf('rows.jsonl.gz')}: cannot be read: `));
  });
});
