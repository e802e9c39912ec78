import { excerptsOf } from '@portcullis/element/excerpts';
import type { Gate } from '@portcullis/element/gate';
import { degradedNote, messageOf } from '@portcullis/element/gate-message';
import { gateStyles } from '@portcullis/element/gate-styles';
import { ICONS } from '@portcullis/element/icons';
import { followed } from './follow.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** A scan is mostly over before anybody could read that it runs. */
const SHOW_SCAN_AFTER_MS = 250;

const hostStyles = `
  :host { all: initial !important; display: block !important; position: fixed !important; z-index: 2147483647 !important; inset: auto !important; margin: 0 !important;
    color-scheme: light dark !important; container-type: inline-size !important; }
  :host(:not(:popover-open)) { display: none !important; }
  [part~='gate'] { border: 1px solid color-mix(in oklab, var(--_tone) 45%, var(--_border)); border-radius: var(--_radius); color: var(--_text);
    box-shadow: 0 6px 24px rgb(0 0 0 / 22%); max-block-size: 50vh; overflow: auto; }
`;

type Child = Node | string | undefined;
function element(tag: string, attributes: Readonly<Record<string, string>>, ...children: readonly Child[]): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

function icon(gate: Gate): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries({ part: 'icon', viewBox: '0 0 20 20', 'aria-hidden': 'true' })) svg.setAttribute(name, value);
  for (const stroke of ICONS[messageOf(gate).tone]) {
    const path = document.createElementNS(SVG, 'path');
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

function button(gate: Gate, actions: StripActions): HTMLElement | undefined {
  const [label, act] = gate.name === 'warned' ? ['Send anyway', actions.sendAnyway] : gate.name === 'error' ? ['Retry', actions.retry] : [];
  if (label === undefined || act === undefined) return undefined;
  const made = element('button', { type: 'button' }, label);
  // A person decides here, and no script.
  made.addEventListener('click', (event) => event.isTrusted && act());
  return made;
}

function view(gate: Gate, actions: StripActions): HTMLElement {
  const { tone, urgent, headline, detail } = messageOf(gate);
  const words = [element('strong', { part: 'headline' }, `${headline}.`), detail === '' ? undefined : ' ', detail === '' ? undefined : detail];
  const lines = element('div', { class: 'lines' }, element('div', { role: urgent ? 'alert' : 'status' }, ...words), ...details(gate));
  return element('div', { part: 'gate', class: tone }, icon(gate), lines, button(gate, actions));
}

const isTold = (gate: Gate): boolean => gate.name !== 'ready' && gate.name !== 'loading' && gate.name !== 'allowed';

/**
 * The strip beside a composer, in a closed shadow tree on top of the page: the page's scripts cannot read it and its styles do not reach it.
 * It is built of nodes alone: a page may forbid what makes nodes out of text.
 */
export function createStrip(actions: StripActions): { show(gate: Gate, composer: HTMLElement | undefined): void } {
  const host = document.createElement('portcullis-strip');
  const root = host.attachShadow({ mode: 'closed' });
  const [look, place] = [new CSSStyleSheet(), new CSSStyleSheet()];
  look.replaceSync(gateStyles + hostStyles);
  root.adoptedStyleSheets = [look, place];
  host.popover = 'manual';
  let later: ReturnType<typeof setTimeout> | undefined;
  let unfollow = (): void => {};

  const hide = (): void => {
    unfollow();
    root.replaceChildren();
    host.remove();
  };

  const put = (gate: Gate, composer: HTMLElement): void => {
    root.replaceChildren(view(gate, actions));
    if (!host.isConnected) document.documentElement.append(host);
    if (!host.matches(':popover-open')) host.showPopover();
    unfollow();
    unfollow = followed(composer, host, ({ left, top, width }) =>
      place.replaceSync(`:host { left: ${left}px !important; top: ${top}px !important; width: ${width}px !important; }`),
    );
  };

  return {
    show(gate, composer) {
      clearTimeout(later);
      if (composer === undefined || !isTold(gate)) hide();
      else if (gate.name === 'scanning') {
        hide();
        later = setTimeout(() => put(gate, composer), SHOW_SCAN_AFTER_MS);
      } else put(gate, composer);
    },
  };
}
