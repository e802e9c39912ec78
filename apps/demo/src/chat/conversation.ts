import type { SendDetail } from '@portcullis/element';
import type { Assistant, Turn } from '../assistant/assistant.ts';
import type { AppState, Message, Store } from '../state.ts';

/** What the assistant gets to see: the user's texts that were sent and its own answers, in order. */
export function turnsOf(messages: readonly Message[]): readonly Turn[] {
  return messages.flatMap((message): Turn[] =>
    message.kind === 'user' || message.kind === 'assistant' ? [{ role: message.kind, content: message.text }] : [],
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
}

type Draft = { [Kind in Message['kind']]: Omit<Extract<Message, { kind: Kind }>, 'id'> }[Message['kind']];

/** Ties the store's messages to whoever answers now. */
export function createConversation(store: Store<AppState>, assistant: () => Assistant): Conversation {
  let id = 0;
  let answering: AbortController | undefined;

  const add = (draft: Draft) => {
    const message = { ...draft, id: ++id } as Message;
    store.update((state) => ({ ...state, messages: [...state.messages, message] }));
    return message;
  };
  const drop = (...kinds: readonly Message['kind'][]) =>
    store.update((state) => ({ ...state, messages: state.messages.filter((message) => !kinds.includes(message.kind)) }));

  const answer = async () => {
    answering?.abort();
    answering = new AbortController();
    const { signal } = answering;
    const who = assistant();
    drop('waiting', 'failed');
    const turns = turnsOf(store.get().messages);
    add({ kind: 'waiting', label: who.label });
    try {
      const text = await who.reply(turns, signal);
      if (signal.aborted) return;
      drop('waiting');
      add({ kind: 'assistant', text, label: who.label });
    } catch (thrown) {
      if (signal.aborted) return;
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
  };
}
