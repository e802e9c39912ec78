import type { SendDetail } from '@portcullis/element';
import type { Redaction, StreamOptions, Verdict } from '@portcullis/guard';
import type { Assistant, Turn } from '../assistant/assistant.ts';
import type { AppState, Message, Store } from '../state.ts';

/** What the assistant gets to see: the user's texts that were sent and its own answers as they were shown, in order. */
export function turnsOf(messages: readonly Message[]): readonly Turn[] {
  return messages.flatMap((message): Turn[] =>
    message.kind === 'user' || (message.kind === 'assistant' && message.text !== '') ? [{ role: message.kind, content: message.text }] : [],
  );
}

/** The conversation and its ends. */
export interface Conversation {
  /** Adds a text that the gate let through, and asks for an answer. */
  send(detail: SendDetail): void;
  /** Notes that a prompt was held. */
  hold(): void;
  /** Asks again after a failure. */
  retry(): void;
  /** Ends the answer under way and empties the thread. */
  clear(): void;
}

type Draft = { [Kind in Message['kind']]: Omit<Extract<Message, { kind: Kind }>, 'id'> }[Message['kind']];

/** What an answer goes through before anybody sees it. */
export type Gate = (options: StreamOptions) => TransformStream<string, string>;

/** Ties the store's messages to whoever answers now. */
export function createConversation(store: Store<AppState>, assistant: () => Assistant, gate: Gate): Conversation {
  // A thread that was kept goes on.
  let id = Math.max(0, ...store.get().messages.map((message) => message.id));
  let answering: AbortController | undefined;

  const add = (draft: Draft) => {
    const message = { ...draft, id: ++id } as Message;
    store.update((state) => ({ ...state, messages: [...state.messages, message] }));
    return message;
  };
  const drop = (...kinds: readonly Message['kind'][]) =>
    store.update((state) => ({ ...state, messages: state.messages.filter((message) => !kinds.includes(message.kind)) }));

  const replace = (changed: Message) =>
    store.update((state) => ({ ...state, messages: state.messages.map((message) => (message.id === changed.id ? changed : message)) }));

  const answer = async () => {
    answering?.abort();
    answering = new AbortController();
    const { signal } = answering;
    const who = assistant();
    drop('waiting', 'failed');
    const turns = turnsOf(store.get().messages);
    add({ kind: 'waiting', label: who.label });
    let id: number | undefined;
    let text = '';
    let stopped: string | undefined;
    const redactions: Redaction[] = [];
    /** Shows as much as has come, in the waiting line's place. */
    const show = (piece: string) => {
      text += piece;
      const draft = { kind: 'assistant', text, label: who.label, redactions: [...redactions], ...(stopped !== undefined && { stopped }) } as const;
      if (id !== undefined) return replace({ ...draft, id });
      drop('waiting');
      id = add(draft).id;
    };
    const onRedaction = (redaction: Redaction) => void redactions.push(redaction);
    const onStop = ({ reason }: Verdict) => {
      stopped = reason;
    };
    try {
      const said = await who.reply(turns, signal);
      await said.pipeThrough(gate({ signal, onRedaction, onStop })).pipeTo(new WritableStream({ write: show }), { signal });
      if (id === undefined) show('');
    } catch (thrown) {
      if (signal.aborted) return;
      if (stopped !== undefined) return show('');
      drop('waiting');
      add({ kind: 'failed', error: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  };

  return {
    send({ text, verdict, overridden }) {
      add({ kind: 'user', text, verdict, overridden });
      void answer();
    },
    hold() {
      const last = store.get().messages.at(-1);
      const before = last?.kind === 'held' ? last.count : 0;
      if (last?.kind === 'held') store.update((state) => ({ ...state, messages: state.messages.slice(0, -1) }));
      add({ kind: 'held', count: before + 1 });
    },
    retry: () => void answer(),
    clear() {
      answering?.abort();
      store.update((state) => ({ ...state, messages: [] }));
    },
  };
}
