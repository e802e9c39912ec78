import { errorData, type Guard } from '@portcullis/guard';
import { render } from 'lit';
import { createStore } from '../state.ts';
import { INITIAL, type Trial } from './gallery-state.ts';
import { galleryView } from './gallery-view.ts';
import { FAMILIES, type Specimen } from './specimens.ts';

/** Draws the gallery into its place and keeps it there. `guard` is asked at each run: one that failed may have been started anew. */
export function startGallery(root: HTMLElement, guard: () => Guard | undefined, fill: (text: string) => void): void {
  let stopping = new AbortController();
  const store = createStore(INITIAL, draw);
  const note = (specimen: Specimen, trial: Trial | undefined): void =>
    store.update((state) => {
      const trials = new Map(state.trials);
      if (trial === undefined) trials.delete(specimen);
      else trials.set(specimen, trial);
      return { ...state, trials };
    });
  const tried = async (specimen: Specimen, signal: AbortSignal): Promise<void> => {
    const running = guard();
    if (running === undefined) return note(specimen, { kind: 'failed', message: 'the guard is not running' });
    note(specimen, { kind: 'waiting' });
    try {
      note(specimen, { kind: 'judged', verdict: await running.scan(specimen.text, { signal }) });
    } catch (thrown) {
      note(specimen, signal.aborted ? undefined : { kind: 'failed', message: errorData(thrown, 'inference-failed').message });
    }
  };
  const run = async (): Promise<void> => {
    stopping = new AbortController();
    const { signal } = stopping;
    store.update(() => ({ trials: new Map(), running: true }));
    for (const specimen of FAMILIES.flatMap(({ specimens }) => specimens)) if (!signal.aborted) await tried(specimen, signal);
    store.update((state) => ({ ...state, running: false }));
  };
  function draw(): void {
    render(galleryView(store.get(), { fill, run: () => void run(), stop: () => stopping.abort() }), root);
  }
  draw();
}
