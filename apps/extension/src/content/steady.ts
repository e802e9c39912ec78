/** How long a person gets to see a control before it can be pressed. Browsers give their own questions as much. */
const STEADY_MS = 500;

/** Whether a control is one that a person sees: it has stood still and uncovered for a moment. A page could slide it under a click, or cover it. */
export interface Steadiness {
  readonly isSteady: () => boolean;
  /** It moved. */
  readonly moved: () => void;
  readonly end: () => void;
}

/** Watches a control. Whether it is covered is told by browsers with the second version of intersection observers only; others tell whether it is in view. */
export function steadiness(control: Element): Steadiness {
  let since: number | undefined;
  const options = { threshold: 1, trackVisibility: true, delay: 100 };
  const sight = new IntersectionObserver((entries) => {
    const latest = entries.at(-1) as (IntersectionObserverEntry & { readonly isVisible?: boolean }) | undefined;
    const seen = latest?.isIntersecting === true && latest.isVisible !== false;
    since = seen ? (since ?? performance.now()) : undefined;
  }, options);
  sight.observe(control);
  return {
    isSteady: () => since !== undefined && performance.now() - since >= STEADY_MS,
    moved() {
      if (since !== undefined) since = performance.now();
    },
    end: () => sight.disconnect(),
  };
}
