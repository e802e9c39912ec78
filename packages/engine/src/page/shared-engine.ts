import type { EngineState, KeeperOptions } from './engine-keeper.ts';
import { type SupervisedEngine, superviseEngine } from './supervised-engine.ts';

/** One holder's part in an engine. */
export interface HeldEngine {
  readonly engine: SupervisedEngine;
  /** Gives the part up; the engine ends with its last holder. A second call does nothing. */
  release(): void;
}

interface Shared {
  readonly engine: SupervisedEngine;
  readonly listeners: Set<(state: EngineState) => void>;
}

/** The page's engines, by their options. */
const engines = new Map<string, Shared>();

/**
 * The page's engine with these options: the one that others hold already, or a new one. It is woken either way.
 * @param onState told each change from now on.
 */
export function acquireEngine(options: KeeperOptions, onState: (state: EngineState) => void): HeldEngine {
  const { bundle, backend, idleMs } = options;
  const key = `${backend} ${idleMs} ${bundle}`;
  const shared = engines.get(key) ?? open(options);
  engines.set(key, shared);
  // A function of this holder's own: two may give the same one.
  const listener = (state: EngineState): void => onState(state);
  shared.engine.wake();
  shared.listeners.add(listener);
  return {
    engine: shared.engine,
    release() {
      if (!shared.listeners.delete(listener) || shared.listeners.size > 0) return;
      engines.delete(key);
      shared.engine.close();
    },
  };
}

function open(options: KeeperOptions): Shared {
  const listeners: Shared['listeners'] = new Set();
  const engine = superviseEngine(options, (state) => {
    for (const listener of listeners) {
      // In a turn of its own: what a listener throws is the page's error, and none of the engine's.
      queueMicrotask(() => listeners.has(listener) && listener(state));
    }
  });
  return { engine, listeners };
}
