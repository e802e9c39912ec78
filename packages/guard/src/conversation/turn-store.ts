import { type ConversationState, NO_TURNS } from '@portcullis/core/conversation';
import { createStore, delMany, entries, get, type UseStore, update } from 'idb-keyval';

/** Where conversations are kept, by their ids. */
export interface TurnStore {
  read(id: string): Promise<ConversationState | undefined>;
  /** Puts what `change` makes of a conversation in its place, all at once: no other tab's turn is lost. */
  change(id: string, change: (state: ConversationState | undefined) => ConversationState): Promise<void>;
  /** @throws what the store says when it cannot forget. */
  forget(id: string): Promise<void>;
}

/** As it lies in the store. */
interface Kept {
  readonly state: ConversationState;
  readonly usedAt: number;
}

const KEEP_MS = 7 * 24 * 60 * 60 * 1000;

/** Keeps conversations for as long as the page lives. */
export function memoryStore(): TurnStore {
  const states = new Map<string, ConversationState>();
  return {
    read: async (id) => states.get(id),
    change: async (id, change) => void states.set(id, change(states.get(id))),
    forget: async (id) => void states.delete(id),
  };
}

/**
 * Keeps conversations in IndexedDB, where later visits find them for 7 days after their last turn; in memory where the browser refuses that.
 * What is not `withTexts` keeps no text.
 */
export async function lastingStore(withTexts: boolean): Promise<TurnStore> {
  const memory = memoryStore();
  let db: UseStore;
  try {
    db = createStore('portcullis-conversations', 'conversations');
    await sweep(db);
  } catch {
    return memory;
  }
  const kept = (state: ConversationState): Kept => ({ state: withTexts ? state : withoutTexts(state), usedAt: Date.now() });
  /** Those that could not be written: they go on in memory. */
  const unwritten = new Set<string>();
  /** What is stored, with the texts that are not stored and there for as long as the page lives. Another tab may have forgotten it. */
  const current = async (id: string, stored: Kept | undefined): Promise<ConversationState | undefined> => {
    const held = await memory.read(id);
    return unwritten.has(id) ? held : stored && withTextsOf(stored.state, held);
  };
  return {
    read: async (id) => current(id, await get<Kept>(id, db).catch(() => undefined)),
    async change(id, change) {
      const held = await memory.read(id);
      const written = async (): Promise<ConversationState> => {
        let state = NO_TURNS;
        await update<Kept>(
          id,
          (stored) => {
            state = change(stored && withTextsOf(stored.state, held));
            return kept(state);
          },
          db,
        );
        return state;
      };
      const unwritable = (): ConversationState => {
        unwritten.add(id);
        return change(held);
      };
      const state = unwritten.has(id) ? change(held) : await written().catch(unwritable);
      await memory.change(id, () => state);
    },
    async forget(id) {
      await memory.forget(id);
      unwritten.delete(id);
      await delMany([id], db);
    },
  };
}

async function sweep(db: UseStore): Promise<void> {
  const past = Date.now() - KEEP_MS;
  const old = (await entries<string, Kept>(db)).filter(([, { usedAt }]) => usedAt < past);
  await delMany(
    old.map(([id]) => id),
    db,
  );
}

const withoutTexts = (state: ConversationState): ConversationState => ({
  ...state,
  turns: state.turns.map((turn) => {
    if (turn.role !== 'user') return turn;
    const { text: _, ...rest } = turn;
    return rest;
  }),
});

function withTextsOf(state: ConversationState, held: ConversationState | undefined): ConversationState {
  const texts = new Map(held?.turns.flatMap((turn) => (turn.role === 'user' && turn.text !== undefined ? [[turn.hash, turn.text]] : [])));
  return {
    ...state,
    turns: state.turns.map((turn) => {
      const text = turn.role === 'user' ? texts.get(turn.hash) : undefined;
      return text === undefined || turn.role !== 'user' ? turn : { ...turn, text };
    }),
  };
}
