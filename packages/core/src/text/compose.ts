import { type Normalised, normalise, unmoved } from './normalise.ts';

/**
 * One map out of two: `outer` was made from `inner.text`, the result points to where `inner` came from.
 * Linear in the length of `outer.text`.
 */
export function composed(outer: Normalised, inner: Normalised): Normalised {
  const last = inner.offsets.length - 1;
  return { text: outer.text, offsets: outer.offsets.map((at) => inner.offsets[Math.min(at, last)] ?? 0) };
}

/** A text as its own view: each unit comes from itself. */
export function identity(text: string): Normalised {
  return { text, offsets: unmoved(text.length + 1) };
}

/** Normalises a view once more, for what a rewriting may have uncovered: entities that stood for invisible characters, say. */
export function renormalised(view: Normalised): Normalised {
  return composed(normalise(view.text), view);
}

/** A stretch of a view, with offsets to where the view came from. */
export function sliced(view: Normalised, start: number, end: number): Normalised {
  return { text: view.text.slice(start, end), offsets: view.offsets.slice(start, end + 1) };
}

/** Views one after the other, a line each. */
export function joined(views: readonly Normalised[]): Normalised {
  const text = views.map((view) => view.text).join('\n');
  const offsets = new Uint32Array(text.length + 1);
  let from = 0;
  for (const view of views) {
    offsets.set(view.offsets, from);
    from += view.text.length + 1;
  }
  return { text, offsets };
}
