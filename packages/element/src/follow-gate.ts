import type { Guard } from '@portcullis/guard';
import type { PortcullisGuard } from './portcullis-guard.ts';

/** What stands beside a gate, and is told of it. */
export interface GateFollower {
  /** Told of the gate that was found, and again whenever its state changes: the guard behind it may be another then. */
  readonly onGate: (gate: PortcullisGuard) => void;
}

/** The gate with this id in the tree that `element` stands in. */
function gateOf(element: Element, id: string): PortcullisGuard | undefined {
  const root = element.getRootNode();
  const found = root instanceof Document || root instanceof ShadowRoot ? root.getElementById(id) : null;
  return found?.localName === 'portcullis-guard' && 'activeGuard' in found ? (found as PortcullisGuard) : undefined;
}

/** Follows the gate that a `for` names, from when it is there. Returns what ends that. */
export function followGate(element: Element, id: string, { onGate }: GateFollower): () => void {
  let ended = false;
  let observer: MutationObserver | undefined;
  const begin = (): void => {
    const gate = ended ? undefined : gateOf(element, id);
    if (!gate) return;
    observer = new MutationObserver(() => onGate(gate));
    observer.observe(gate, { attributeFilter: ['state'] });
    onGate(gate);
  };
  // A gate that comes with the same piece of the page is there once that is whole.
  void customElements.whenDefined('portcullis-guard').then(() => queueMicrotask(begin));
  return () => {
    ended = true;
    observer?.disconnect();
  };
}

/** What follows one guard at a time. */
export interface GuardFollower {
  readonly guard: Guard | undefined;
  /** Takes up another guard; the same one again changes nothing. */
  follow(guard: Guard | undefined): void;
}

/** @param listen what to listen to on a guard; returns what ends each. */
export function followGuard(listen: (guard: Guard) => readonly (() => void)[]): GuardFollower {
  let guard: Guard | undefined;
  let ends: readonly (() => void)[] = [];
  return {
    get guard() {
      return guard;
    },
    follow(next) {
      if (next === guard) return;
      for (const end of ends) end();
      guard = next;
      ends = next ? listen(next) : [];
    },
  };
}
