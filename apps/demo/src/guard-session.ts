import type { PortcullisGuard } from '@portcullis/element';
import { createGuard, errorData, type Guard, type GuardOptions } from '@portcullis/guard';
import type { AppState, EngineState, Store } from './state.ts';

/** Starts the page's guard, and a fresh one whenever Retry is pressed; shows its progress in the element and in the store. */
export function runGuard(gate: PortcullisGuard, options: Pick<GuardOptions, 'bundle' | 'backend' | 'policy'>, store: Store<AppState>): void {
  let current: Guard | undefined;
  const show = (engine: EngineState) => store.update((state) => ({ ...state, engine }));

  const start = () => {
    current?.close();
    gate.progress = undefined;
    show({ phase: 'loading' });
    let guard: Guard;
    try {
      guard = createGuard({
        ...options,
        onProgress(progress) {
          if (current !== guard) return;
          gate.progress = progress;
          show({ phase: 'loading', progress });
        },
      });
    } catch (thrown) {
      show({ phase: 'failed', error: errorData(thrown, 'worker-crashed') });
      return;
    }
    current = guard;
    gate.guard = guard;
    guard.ready.then(
      (info) => current === guard && show({ phase: 'ready', info }),
      (thrown: unknown) => current === guard && show({ phase: 'failed', error: errorData(thrown, 'worker-crashed') }),
    );
  };

  gate.addEventListener('portcullis-retry', start);
  start();
}
