import '@portcullis/element';
import { render } from 'lit';
import { agentToggle } from './agent/agent-toggle.ts';
import { TOOLS_POLICY } from './agent/tools-policy.ts';
import { lazyEndpoint } from './assistant/lazy-endpoint.ts';
import { standIn } from './assistant/stand-in.ts';
import { createConversation } from './chat/conversation.ts';
import { keepAtEnd } from './chat/keep-at-end.ts';
import { threadView } from './chat/thread-view.ts';
import { element } from './dom.ts';
import { backendName } from './format.ts';
import { runGuard } from './guard-session.ts';
import { keepOffline } from './offline.ts';
import { panelView } from './panel/panel-view.ts';
import { verdictJson } from './panel/verdict-card.ts';
import { readOverrides, readSettings, type Settings, storeOr, writeSettings } from './settings/settings.ts';
import { type AppState, createStore, hasBegun } from './state.ts';

const gate = element('gate', 'portcullis-guard');
const composer = element('composer', 'textarea');
const chat = element('chat', 'main');
const agent = element('agent', 'main');
const thread = element('thread', 'div');
const panel = element('panel', 'aside');
const toggle = element('panel-toggle', 'button');
const dialog = element('settings', 'dialog');
const chip = element('engine-chip', 'p');
// Where the inspector lies over the chat instead of beside it; the same width as in the style sheet.
const overlaid = matchMedia('(max-width: 900px)');
const destination = element('destination', 'span');

const overrides = readOverrides(location.search, document.baseURI);
const lasting = storeOr(() => localStorage);
const session = storeOr(() => sessionStorage);
const initial = readSettings(lasting, session);

const store = createStore<AppState>({ engine: { phase: 'loading' }, messages: [], settings: initial, panelOpen: false }, draw);
const conversation = createConversation(
  store,
  () => {
    const { assistant } = store.get().settings;
    return assistant.kind === 'endpoint' ? lazyEndpoint(assistant) : standIn;
  },
  (options) => {
    if (gate.guard === undefined) throw new Error('The guard is not running, so no answer can be read.');
    return gate.guard.stream(options);
  },
);

const stayAtEnd = keepAtEnd(thread, () => hasBegun(store.get()));

function fill(text: string): void {
  openPanel(false);
  // The chat is inert until the panel is gone.
  queueMicrotask(() => {
    gate.fill(text);
    composer.focus();
  });
}

function openPanel(panelOpen: boolean): void {
  store.update((state) => ({ ...state, panelOpen }));
}

function inspect(): void {
  openPanel(true);
  // After the redraw, when the panel can take the focus.
  requestAnimationFrame(() => document.getElementById('verdict-title')?.focus());
}

function copy(): void {
  const { last } = store.get();
  if (last) void navigator.clipboard.writeText(verdictJson(last.verdict));
}

function save(settings: Settings): void {
  const { backend, answers } = store.get().settings;
  const reload = settings.backend !== backend || settings.answers !== answers;
  writeSettings(settings, lasting, session);
  store.update((state) => ({ ...state, settings }));
  if (reload) location.reload();
}

function chipText({ engine }: AppState): string {
  if (engine.phase === 'ready') return `On this device · ${backendName(engine.info.backend)}`;
  return { loading: 'Guard loading', asleep: 'Guard at rest', failed: 'Guard not running' }[engine.phase];
}

function draw(state: AppState): void {
  render(threadView(state, { fill, retry: conversation.retry, inspect }), thread);
  render(panelView(state, { copy, fill }), panel);
  stayAtEnd();
  panel.toggleAttribute('data-open', state.panelOpen);
  // What is covered must not take the focus; the landmark itself stays.
  for (const part of [...chat.children, ...agent.children]) part.toggleAttribute('inert', state.panelOpen && overlaid.matches);
  toggle.setAttribute('aria-expanded', String(state.panelOpen));
  chip.textContent = chipText(state);
  chip.dataset.phase = state.engine.phase;
  const { assistant } = state.settings;
  destination.textContent = assistant.kind === 'endpoint' ? `Answers come from ${assistant.model} at ${assistant.url}.` : `${standIn.label}.`;
}

gate.addEventListener('portcullis-verdict', ({ detail }) => {
  store.update((state) => ({ ...state, last: detail }));
  if (detail.verdict.decision === 'block') conversation.hold();
});
// The only place where a text leaves the composer.
gate.addEventListener('portcullis-send', ({ detail }) => {
  gate.clear();
  conversation.send(detail);
});
toggle.addEventListener('click', () => openPanel(!store.get().panelOpen));
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !store.get().panelOpen || dialog.open) return;
  openPanel(false);
  toggle.focus();
});
// Few open it, and the guard's page is small.
element('settings-open', 'button').addEventListener('click', async () => {
  const { openSettings } = await import('./settings/settings-dialog.ts');
  openSettings(dialog, store.get().settings, overrides.backend, save);
});

overlaid.addEventListener('change', () => openPanel(false));

draw(store.get());
const policy = { tools: TOOLS_POLICY, ...(initial.answers === 'stop' && { answer: { stop: 'medium' } as const }) };
runGuard(gate, { bundle: overrides.bundle, backend: overrides.backend ?? initial.backend, policy }, store);
agentToggle(() => gate.guard);
keepOffline();
