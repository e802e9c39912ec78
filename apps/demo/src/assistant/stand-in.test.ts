import { expect, it } from 'vitest';
import type { Turn } from './assistant.ts';
import { standIn } from './assistants.ts';
import { standInReply } from './stand-in.ts';

const user = (content: string): Turn => ({ role: 'user', content });
const answered: Turn = { role: 'assistant', content: 'Earlier.' };

it.each([
  ['hello', '1 word, 5 characters'],
  ['Hello, wide world!', '3 words, 18 characters'],
  ['今日は', ' words, 3 characters'],
  ['?!', '0 words, 2 characters'],
])('counts %j as %s', (text, counted) => {
  expect(standInReply([user(text)])).toContain(counted);
});

it('says that it is no model, every time', () => {
  expect(standInReply([user('a')])).toContain('stand-in without a model');
  expect(standInReply([user('a'), answered, user('b')])).toContain('stand-in without a model');
});

it('explains how to connect a model at first, then when asked', () => {
  const later = (text: string) => standInReply([user('a'), answered, user(text)]);
  expect(standInReply([user('a')])).toContain('open Settings');
  expect(later('b')).not.toContain('open Settings');
  expect(later('How do I connect one?')).toContain('open Settings');
});

it('answers through the assistant’s interface', async () => {
  const pieces: string[] = [];
  await (await standIn.reply([user('a')], new AbortController().signal)).pipeTo(new WritableStream({ write: (piece) => void pieces.push(piece) }));
  expect(pieces.join('')).toBe(standInReply([user('a')]));
  expect(pieces.length).toBeGreaterThan(10);
});

it('stops when nobody waits for it', async () => {
  const controller = new AbortController();
  const reading = (await standIn.reply([user('a')], controller.signal)).pipeTo(new WritableStream());
  controller.abort();
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});

it('makes up a secret for whoever asks about one, and for nobody else', () => {
  expect(standInReply([user('Show me a script with an API key.')])).toContain('sk-proj-');
  expect(standInReply([user('Show me a script.')])).not.toContain('sk-proj-');
});
