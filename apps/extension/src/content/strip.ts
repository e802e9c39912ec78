import { excerptsOf } from '@portcullis/element/excerpts';
import type { Gate } from '@portcullis/element/gate';
import { degradedNote, messageOf } from '@portcullis/element/gate-message';
import { gateStyles } from '@portcullis/element/gate-styles';
import { ICONS } from '@portcullis/element/icons';
import { ancestry, append, create, createSvg, matches, root as pageRoot } from './dom.ts';
import { ownHosts } from './event-path.ts';
import { followed } from './follow.ts';
import { type Steadiness, steadiness } from './steady.ts';
import { styleIn } from './style-in.ts';

/** A scan is mostly over before anybody could read that it runs. */
const SHOW_SCAN_AFTER_MS = 250;
/** How often a strip is put back that a page removes or hides. Without an end the two would go on for ever. */
const PATIENCE = 20;
const PUT_BACK_AFTER_MS = 50;

/** `all` leaves custom properties alone: a page could make the words as pale as their ground. */
const OWN_COLOURS = ['text', 'muted', 'border', 'surface', 'accent', 'ok', 'warn', 'block', 'radius']
  .map((name) => `--portcullis-${name}: initial !important;`)
  .join(' ');

const hostStyles = `
  :host { all: initial !important; ${OWN_COLOURS} direction: ltr !important; unicode-bidi: isolate !important; display: block !important; position: fixed !important; z-index: 2147483647 !important; inset: auto !important; margin: 0 !important;
    color-scheme: light dark !important; container-type: inline-size !important; }
  [data-words]::before { content: attr(data-words); }
  :host(:not(:popover-open)) { display: none !important; }
  [part~='gate'] { border: 1px solid color-mix(in oklab, var(--_tone) 45%, var(--_border)); border-radius: var(--_radius); color: var(--_text);
    box-shadow: 0 6px 24px rgb(0 0 0 / 22%); max-block-size: 50vh; overflow: auto; }
`;

type Child = Node | string | undefined;
function element(tag: string, attributes: Readonly<Record<string, string>>, ...children: readonly Child[]): HTMLElement {
  const made = create(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined).map((child) => (typeof child === 'string' ? words(child) : child)));
  return made;
}

/** Words that style sheets draw: `window.find()` selects what nodes say, in closed shadow trees as well, and a page can read its selection. */
const words = (text: string): HTMLElement => element('span', { 'data-words': text });

function icon(gate: Gate): Element {
  const svg = createSvg('svg');
  for (const [name, value] of Object.entries({ part: 'icon', viewBox: '0 0 20 20', 'aria-hidden': 'true' })) svg.setAttribute(name, value);
  for (const stroke of ICONS[messageOf(gate).tone]) {
    const path = createSvg('path');
    path.setAttribute('d', stroke.d);
    if (stroke.class !== undefined) path.setAttribute('class', stroke.class);
    svg.append(path);
  }
  return svg;
}

/** What was found, in the text's own words; and why a check is incomplete. */
function details(gate: Gate): Child[] {
  if (gate.name === 'error') return [element('p', { part: 'degraded' }, element('code', {}, gate.error.code), ` ${gate.error.message}`)];
  if (gate.name !== 'blocked' && gate.name !== 'warned') return [];
  const rows = excerptsOf(gate.verdict, gate.text).map(({ quote, unwrapped, found }) =>
    element(
      'li',
      {},
      element('span', { class: 'quote' }, element('q', {}, element('bdi', {}, quote))),
      unwrapped === undefined ? undefined : element('span', { class: 'found' }, `Disguise: ${unwrapped}`),
      ...found.map(({ title, source }) => element('span', { class: 'found' }, `${title} `, element('code', {}, source))),
    ),
  );
  const note = degradedNote(gate.verdict);
  return [
    rows.length > 0 ? element('ul', { 'aria-label': 'What was found' }, ...rows) : undefined,
    note === undefined ? undefined : element('p', { part: 'degraded' }, note),
  ];
}

export interface StripActions {
  readonly sendAnyway: () => void;
  readonly retry: () => void;
}

function buttonOf(gate: Gate, actions: StripActions): { readonly label: string; readonly act: () => void } | undefined {
  if (gate.name === 'warned') return { label: 'Send anyway', act: actions.sendAnyway };
  return gate.name === 'error' ? { label: 'Retry', act: actions.retry } : undefined;
}

function view(gate: Gate, button: HTMLElement | undefined): HTMLElement {
  const { tone, urgent, headline, detail } = messageOf(gate);
  const sentence = [element('strong', { part: 'headline' }, `${headline}.`), detail === '' ? undefined : ' ', detail === '' ? undefined : detail];
  const lines = element('div', { class: 'lines' }, element('div', { role: urgent ? 'alert' : 'status' }, ...sentence), ...details(gate));
  return element('div', { part: 'gate', class: tone }, icon(gate), lines, button);
}

const isTold = (gate: Gate): boolean => gate.name !== 'ready' && gate.name !== 'loading' && gate.name !== 'allowed';

/** What the strip stands in: what lies outside of a modal dialog cannot be pressed. */
function placeFor(composer: HTMLElement): Node {
  for (const at of ancestry(composer)) if (at instanceof HTMLElement && matches(at, 'dialog:modal')) return at;
  return pageRoot();
}

/**
 * The strip beside a composer, in a closed shadow tree on top of the page: the page's scripts cannot read it and its styles do not reach it.
 * It is built of nodes alone: a page may forbid what makes nodes out of text. Its host is a plain `div`: of an element with a name of
 * its own, a page could define the class, and an element's class gets at its closed tree.
 */
export function createStrip(actions: StripActions): { show(gate: Gate, composer: HTMLElement | undefined): void } {
  const host = create('div');
  host.dataset['portcullis'] = 'strip';
  ownHosts.add(host);
  const root = host.attachShadow({ mode: 'closed' });
  styleIn(root, gateStyles + hostStyles);
  const place = styleIn(root);
  const content = create('div');
  root.append(content);
  host.popover = 'manual';
  let later: ReturnType<typeof setTimeout> | undefined;
  let unfollow = (): void => {};
  let steady: Steadiness | undefined;
  let patience = 0;
  /** What belongs on the screen now. */
  let told: { readonly gate: Gate; readonly anchor: HTMLElement } | undefined;

  const hide = (): void => {
    told = undefined;
    unfollow();
    steady?.end();
    removals.disconnect();
    content.replaceChildren();
    host.remove();
  };

  const button = (gate: Gate): HTMLElement | undefined => {
    const { label, act } = buttonOf(gate, actions) ?? {};
    if (label === undefined || act === undefined) return undefined;
    const made = element('button', { type: 'button' }, label);
    const own = steadiness(made);
    steady = own;
    // A person decides here, who sees what is pressed; and no script.
    made.addEventListener('click', (event) => event.isTrusted && own.isSteady() && act());
    return made;
  };

  const put = (gate: Gate, anchor: HTMLElement): void => {
    told = { gate, anchor };
    steady?.end();
    steady = undefined;
    content.replaceChildren(view(gate, button(gate)));
    unfollow();
    const parent = placeFor(anchor);
    if (host.parentNode !== parent) append(parent, host);
    if (!host.matches(':popover-open')) host.showPopover();
    removals.disconnect();
    removals.observe(parent, { childList: true });
    let at = '';
    unfollow = followed(anchor, host, ({ left, top, width }, measured) => {
      const rule = `:host { left: ${left}px !important; top: ${top}px !important; width: ${width}px !important; }`;
      place(rule);
      if (!measured || rule === at) return;
      at = rule;
      steady?.moved();
    });
  };

  /** The page took it away, or closed it. */
  const putBack = (): void => {
    if (told === undefined || patience === 0 || host.matches(':popover-open')) return;
    patience -= 1;
    const { gate, anchor } = told;
    setTimeout(() => told?.gate === gate && put(gate, anchor), PUT_BACK_AFTER_MS);
  };
  const removals = new MutationObserver(putBack);
  host.addEventListener('toggle', putBack);

  return {
    show(gate, composer) {
      clearTimeout(later);
      patience = PATIENCE;
      // What could not be looked at has no composer.
      const anchor = composer ?? (gate.name === 'error' ? pageRoot() : undefined);
      if (anchor === undefined || !isTold(gate)) hide();
      else if (gate.name === 'scanning') {
        hide();
        later = setTimeout(() => put(gate, anchor), SHOW_SCAN_AFTER_MS);
      } else put(gate, anchor);
    },
  };
}
