import type { PortcullisGuard } from '@portcullis/element';
import { type Conversation, createGuard, type EngineState, errorData, type Guard, type GuardOptions } from '@portcullis/guard';
import type { AppState, Store } from './state.ts';

/** The guard's side of the chat. */
export interface GuardSession {
  /** Fetches the models, unless they are on the device. */
  start(): void;
  /** The guard that runs, without the conversation; none while it could not be started. */
  current(): Guard | undefined;
  /** A text was sent: it counts from now on. */
  said(text: string): void;
  /** Drops what is kept of the conversation. */
  forget(): void;
}

/**
 * The page's guard, once started, and a fresh one whenever Retry is pressed; shows what it does in the element and in the store. What the element
 * scans it scans as the next turn of the conversation with this id.
 */
export function runGuard(
  gate: PortcullisGuard,
  options: Pick<GuardOptions, 'bundle' | 'backend' | 'policy' | 'judge'>,
  id: string,
  store: Store<AppState>,
): GuardSession {
  let current: Guard | undefined;
  let conversation: Conversation | undefined;
  const changed = async (change?: Promise<void>): Promise<void> => {
    try {
      await change;
      const turns = (await conversation?.turns()) ?? [];
      store.update((state) => ({ ...state, turns }));
    } catch (error) {
      // The chart is old then; whatever ails the guard shows at the next send.
      console.warn('Portcullis: the conversation could not be read.', error);
    }
  };
  const show = (engine: EngineState) =>
    store.update((state) => ({ ...state, engine, ...(engine.phase === 'ready' && { thresholds: engine.info.thresholds }) }));

  const start = () => {
    current?.close();
    gate.progress = undefined;
    try {
      current = createGuard({
        ...options,
        onProgress(progress) {
          gate.progress = progress;
        },
        onState: show,
      });
    } catch (thrown) {
      show({ phase: 'failed', error: errorData(thrown, 'worker-crashed') });
      return;
    }
    const talk = current.conversation(id);
    conversation = talk;
    gate.guard = Object.create(current, { scan: { value: talk.scan } }) as Guard;
    show(current.state);
    void changed();
  };

  gate.addEventListener('portcullis-retry', start);
  return {
    start,
    current: () => current,
    said: (text) => void changed(conversation?.said(text)),
    forget: () => void changed(conversation?.forget()),
  };
}
