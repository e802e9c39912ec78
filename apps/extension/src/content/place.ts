const GAP = 8;
const MIN_WIDTH = 280;
const MAX_WIDTH = 720;

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** Where something `height` pixels high goes beside a box: above it if there is room, else below, and always in view. All in CSS pixels. */
export function placeBeside(box: Place & { readonly height: number }, height: number, view: { readonly width: number; readonly height: number }): Place {
  const width = Math.min(Math.max(box.width, MIN_WIDTH), MAX_WIDTH, view.width - 2 * GAP);
  const left = Math.max(GAP, Math.min(box.left, view.width - width - GAP));
  const above = box.top - height - GAP;
  const below = box.top + box.height + GAP;
  const top = above >= GAP ? above : Math.max(GAP, Math.min(below, view.height - height - GAP));
  return { left, top, width };
}
