import type { PortcullisGuard } from '@portcullis/element';
import { createGuard, type EngineState, errorData, type Guard, type GuardOptions } from '@portcullis/guard';
import type { AppState, Store } from './state.ts';

/** Starts the page's guard, and a fresh one whenever Retry is pressed; shows what it does in the element and in the store. */
export function runGuard(gate: PortcullisGuard, options: Pick<GuardOptions, 'bundle' | 'backend' | 'policy'>, store: Store<AppState>): void {
  let current: Guard | undefined;
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
    gate.guard = current;
    show(current.state);
  };

  gate.addEventListener('portcullis-retry', start);
  start();
}
