import type { SendDetail } from '@portcullis/element';
import type { Verdict } from '@portcullis/guard';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Assistant, Turn } from '../assistant/assistant.ts';
import { type AppState, createStore } from '../state.ts';
import { createConversation, type Gate, turnsOf } from './conversation.ts';

const verdict: Verdict = {
  decision: 'allow',
  score: 0.1,
  confidence: 0.9,
  uncertainty: 0,
  signals: [],
  findings: [],
  reason: 'Nothing suspicious found.',
  backend: 'wasm',
  latencyMs: 1,
  bundle: 'test@0',
};
const sent = (text: string): SendDetail => ({ text, verdict, overridden: false });
const settled = () => new Promise((resolve) => setTimeout(resolve, 10));

/** An assistant that answers when it is told to. */
interface Question {
  readonly turns: readonly Turn[];
  readonly signal: AbortSignal;
  readonly answer: (text: string) => void;
  readonly fail: (thrown: unknown) => void;
}
let asked: Question[] = [];
const assistant: Assistant = {
  label: 'Test',
  reply: (turns, signal) => new Promise((answer, fail) => asked.push({ turns, signal, answer: (text) => answer(streamOf([text])), fail })),
};
const streamOf = (pieces: readonly string[]): ReadableStream<string> =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
const open: Gate = () => new TransformStream();
const start = (gate: Gate = open, who = assistant, kept: AppState['messages'] = []) => {
  const store = createStore<AppState>(
    {
      engine: { phase: 'loading' },
      messages: kept,
      turns: [],
      speed: { visit: [] },
      settings: { preset: 'balanced', judge: 'none', backend: 'auto', answers: 'redact', assistant: { kind: 'stand-in' } },
      panelOpen: false,
    },
    () => {},
  );
  return { talk: createConversation(store, () => who, gate), shown: () => store.get().messages.map((message) => message.kind), store };
};
beforeEach(() => {
  asked = [];
});

describe('a conversation', () => {
  it('waits for the answer, then shows it in the waiting line’s place', async () => {
    const { talk, shown } = start();
    talk.send(sent('one'));
    expect(shown()).toEqual(['user', 'waiting']);
    asked[0]?.answer('two');
    await settled();
    expect(shown()).toEqual(['user', 'assistant']);
  });

  it('shows the assistant what was said, and nothing that was held', async () => {
    const { talk, store } = start();
    talk.send(sent('one'));
    asked[0]?.answer('two');
    await settled();
    talk.hold();
    talk.send(sent('three'));
    expect(asked[1]?.turns).toEqual([
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'two' },
      { role: 'user', content: 'three' },
    ]);
    expect(turnsOf(store.get().messages)).toEqual(asked[1]?.turns);
  });

  it('says what went wrong, and asks the same again on retry', async () => {
    const { talk, shown, store } = start();
    talk.send(sent('one'));
    asked[0]?.fail(new Error('The endpoint is down.'));
    await settled();
    expect(store.get().messages.at(-1)).toMatchObject({ kind: 'failed', error: 'The endpoint is down.' });
    talk.retry();
    expect(shown()).toEqual(['user', 'waiting']);
    expect(asked[1]?.turns).toEqual(asked[0]?.turns);
  });

  it('takes the answer to the newest message only', async () => {
    const { talk, shown, store } = start();
    talk.send(sent('one'));
    talk.send(sent('two'));
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.answer('late');
    asked[1]?.answer('in time');
    await settled();
    expect(shown()).toEqual(['user', 'user', 'assistant']);
    expect(store.get().messages.at(-1)).toMatchObject({ text: 'in time' });
  });

  it('is silent about the failure of an answer nobody waits for', async () => {
    const { talk, shown } = start();
    talk.send(sent('one'));
    talk.send(sent('two'));
    asked[0]?.fail(new DOMException('aborted', 'AbortError'));
    await settled();
    expect(shown()).toEqual(['user', 'user', 'waiting']);
  });

  it('notes what was held, once for all in a row', () => {
    const { talk, shown, store } = start();
    talk.hold();
    talk.hold();
    expect(store.get().messages).toMatchObject([{ kind: 'held', count: 2 }]);
    talk.send(sent('one'));
    talk.hold();
    expect(shown()).toEqual(['held', 'user', 'waiting', 'held']);
    expect(store.get().messages.at(-1)).toMatchObject({ count: 1 });
  });

  it('goes on with a thread that was kept', () => {
    const { talk, store } = start(open, assistant, [{ kind: 'held', id: 7, count: 1 }]);
    talk.send(sent('one'));
    expect(store.get().messages.map(({ id }) => id)).toEqual([7, 8, 9]);
  });

  it('is empty once it is cleared, and the answer under way is no part of what follows', async () => {
    const { talk, shown } = start();
    talk.send(sent('one'));
    talk.clear();
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.answer('late');
    await settled();
    expect(shown()).toEqual([]);
  });

  it('gives every message an id of its own', async () => {
    const { talk, store } = start();
    talk.send(sent('one'));
    asked[0]?.answer('two');
    await settled();
    talk.hold();
    const ids = store.get().messages.map((message) => message.id);
    expect(new Set(ids).size).toBe(3);
  });

  it('shows an answer as it grows, and what was taken out of it', async () => {
    const { readable: said, writable } = new TransformStream<string, string>();
    const writer = writable.getWriter();
    const redaction = { shown: '[KEY_1]', kind: 'KEY', rule: 'os-key-001', title: 'Holds a key', severity: 'high', span: [0, 1], at: [0, 1] } as const;
    const gate: Gate = ({ onRedaction }) =>
      new TransformStream({
        transform(piece: string, controller) {
          if (piece.includes('secret')) onRedaction?.(redaction);
          controller.enqueue(piece.replace('secret', '[KEY_1]'));
        },
      });
    const { talk, store } = start(gate, { label: 'Test', reply: async () => said });
    talk.send(sent('one'));
    await writer.write('The ');
    await settled();
    expect(store.get().messages.at(-1)).toMatchObject({ kind: 'assistant', text: 'The ', redactions: [] });
    await writer.write('secret');
    await settled();
    expect(store.get().messages.at(-1)).toMatchObject({ kind: 'assistant', text: 'The [KEY_1]', redactions: [redaction] });
    expect(store.get().messages).toHaveLength(2);
  });

  it.each([
    ['has begun', ['Well, ', 'stop'], 'Well, ', 1],
    ['has not', ['stop'], '', 0],
  ])('keeps what was shown of an answer that the gate stops when it %s, and says why', async (_name, pieces, text, turns) => {
    const gate: Gate = ({ onStop }) =>
      new TransformStream({
        async transform(piece: string, controller) {
          await settled();
          if (piece !== 'stop') return controller.enqueue(piece);
          onStop?.({ ...verdict, reason: 'Stopped: it holds a key.' });
          throw new Error('answer-stopped');
        },
      });
    const { talk, store } = start(gate, { label: 'Test', reply: async () => streamOf(pieces) });
    talk.send(sent('one'));
    await settled();
    await settled();
    await settled();
    expect(store.get().messages.at(-1)).toMatchObject({ kind: 'assistant', text, stopped: 'Stopped: it holds a key.' });
    expect(turnsOf(store.get().messages).filter(({ role }) => role === 'assistant')).toHaveLength(turns);
  });
});
