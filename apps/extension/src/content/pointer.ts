import { append, boxOf, create, root as pageRoot } from './dom.ts';
import { ownHosts, pathOf } from './event-path.ts';
import { selectorFor } from './selector.ts';
import { styleIn } from './style-in.ts';

const PRESSES = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'touchstart', 'touchend', 'click'];
const STYLES = `
  :host { all: initial !important; position: fixed !important; inset: 0 !important; width: auto !important; height: auto !important; border: 0 !important;
    background: none !important; pointer-events: none !important; color-scheme: light dark !important; overflow: hidden !important; }
  .frame { position: fixed; border: 2px solid light-dark(#0d5c63, #74c7c9); border-radius: 6px; background: rgb(13 92 99 / 12%); }
  .hint { position: fixed; inset-block-start: 12px; inset-inline: 0; margin-inline: auto; inline-size: fit-content; padding: 8px 14px; border-radius: 10px;
    background: light-dark(#1d1c1a, #eceae5); color: light-dark(#ffffff, #1d1d1b); font: 600 14px/1.4 system-ui, sans-serif; }
  .hint::before { content: 'Click the box that you write in. Escape cancels.'; }
`;

export interface Pointer {
  begin(): void;
  end(): void;
}

/**
 * Has a person point at an element. Made before anything else listens: while it points, no other listener of the page or the
 * extension gets a press, and only a person's press counts.
 * @param onPointed gets the element's selector, or nothing where the person gave it up.
 */
export function createPointer(onPointed: (selector?: string) => void): Pointer {
  const host = create('div');
  ownHosts.add(host);
  host.dataset['portcullis'] = 'pointer';
  host.popover = 'manual';
  const root = host.attachShadow({ mode: 'closed' });
  styleIn(root, STYLES);
  const [frame, hint] = [create('div'), create('div')];
  frame.className = 'frame';
  hint.className = 'hint';
  hint.setAttribute('role', 'status');
  root.append(frame, hint);
  let pointing = false;

  const end = (): void => {
    pointing = false;
    host.remove();
  };
  const finish = (selector?: string): void => {
    end();
    onPointed(selector);
  };
  /** The page as a whole is no composer. */
  const targetOf = (event: Event): HTMLElement | undefined => {
    const target = pathOf(event).find((node) => node instanceof HTMLElement);
    return target === pageRoot() || target?.localName === 'body' ? undefined : target;
  };

  const onMove = (event: Event): void => {
    const target = pointing ? targetOf(event) : undefined;
    if (target === undefined) return;
    const { left, top, width, height } = boxOf(target);
    Object.assign(frame.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  };
  const onPress = (event: Event): void => {
    if (!pointing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const target = event.type === 'click' && event.isTrusted ? targetOf(event) : undefined;
    if (target !== undefined) finish(selectorFor(target));
  };
  const onKey = (event: KeyboardEvent): void => {
    if (!pointing || event.key !== 'Escape' || !event.isTrusted) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    finish();
  };
  window.addEventListener('pointermove', onMove, { capture: true, passive: true });
  for (const type of PRESSES) window.addEventListener(type, onPress, { capture: true, passive: false });
  window.addEventListener('keydown', onKey, { capture: true });

  return {
    begin() {
      pointing = true;
      append(pageRoot(), host);
      host.showPopover();
    },
    end,
  };
}
