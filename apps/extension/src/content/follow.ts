import { boxOf, root, widthOf } from './dom.ts';
import { type Place, placeBeside } from './place.ts';

/** Tells where `follower` belongs beside `anchor`, now and whenever one of them moves: first how wide it is, `measured` once its height is known. Returns what ends it. */
export function followed(anchor: HTMLElement, follower: HTMLElement, onPlace: (place: Place, measured: boolean) => void): () => void {
  const place = (): void => {
    const view = { width: widthOf(root()), height: window.innerHeight };
    const box = boxOf(anchor);
    // The width first: the height follows from it.
    onPlace(placeBeside(box, 0, view), false);
    onPlace(placeBeside(box, follower.offsetHeight, view), true);
  };
  const ending = new AbortController();
  const options = { capture: true, passive: true, signal: ending.signal };
  window.addEventListener('scroll', place, options);
  window.addEventListener('resize', place, options);
  const sizes = new ResizeObserver(place);
  sizes.observe(anchor);
  place();
  return () => {
    ending.abort();
    sizes.disconnect();
  };
}
