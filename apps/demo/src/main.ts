import '@portcullis/element';
import type { Judge } from '@portcullis/guard';
import { nothing, render, type TemplateResult } from 'lit';
import { TOOLS_POLICY } from './agent/tools-policy.ts';
import { lazyEndpoint, standIn } from './assistant/assistants.ts';
import { createConversation } from './chat/conversation.ts';
import { keepAtEnd } from './chat/keep-at-end.ts';
import { keepDraft, takeDraft } from './chat/kept-draft.ts';
import { keepThread, readThread } from './chat/kept-thread.ts';
import { threadView } from './chat/thread-view.ts';
import { element } from './dom.ts';
import { backendName } from './format.ts';
import { runGuard } from './guard-session.ts';
import { readOverrides, readSettings, storeOr } from './settings/settings.ts';
import { type AppState, createStore, hasBegun } from './state.ts';
import { switchViews } from './views.ts';

const gate = element('gate', 'portcullis-guard');
const composer = element('composer', 'textarea');
const chat = element('chat', 'main');
const views = [chat, element('agent', 'main'), element('gallery', 'main')];
const thread = element('thread', 'div');
const panel = element('panel', 'aside');
const toggle = element('panel-toggle', 'button');
const dialog = element('settings', 'dialog');
const chip = element('engine-chip', 'p');
// Where the inspector lies over the chat instead of beside it; the same width as in the style sheet.
const overlaid = matchMedia('(max-width: 900px)');
const destination = element('destination', 'span');
const fetching = element('fetch', 'div');

const overrides = readOverrides(location.search, document.baseURI);
const lasting = storeOr(() => localStorage);
const session = storeOr(() => sessionStorage);
const initial = readSettings(lasting, session);

const { id, messages: kept } = readThread(session);

const store = createStore<AppState>(
  { engine: { phase: 'unasked' }, messages: kept, turns: [], speed: { visit: [] }, settings: initial, panelOpen: false },
  draw,
);
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

// The inspector, and with it the prompts to try, is drawn when it has come: nothing waits for it.
let inspector: typeof import('./panel/inspector.ts') | undefined;

const stayAtEnd = keepAtEnd(thread, () => hasBegun(store.get()));

function fill(text: string): void {
  openPanel(false);
  showChat();
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
  if (last && inspector) void navigator.clipboard.writeText(inspector.verdictJson(last.verdict));
}

function measure(): void {
  const running = guard.current();
  if (running && inspector) void inspector.measureSpeed(running, store);
}

function chipText({ engine }: AppState): string {
  if (engine.phase === 'ready') return `On this device · ${backendName(engine.info.backend)}`;
  return { unasked: 'No guard yet', loading: 'Guard loading', asleep: 'Guard at rest', failed: 'Guard not running' }[engine.phase];
}

function forget(): void {
  conversation.clear();
  store.update(({ last: _, ...state }) => state);
  guard.forget();
  composer.focus();
}

let keptMessages = kept;
let riskOf: ((state: AppState) => TemplateResult | typeof nothing) | undefined;
/** The chart's code comes once the guard runs, before it is needed, or with a thread that was kept. */
async function loadChart(): Promise<void> {
  riskOf = () => nothing;
  const [{ riskCard }, { courseOf }, { marksOf }] = await Promise.all([
    import('./panel/risk-card.ts'),
    import('./panel/risk-course.ts'),
    import('./panel/inspector.ts'),
  ]);
  riskOf = (state) => {
    const course = courseOf(state.turns, state.last);
    return course.length === 0 && state.messages.length === 0 ? nothing : riskCard(course, marksOf(state), forget);
  };
  draw(store.get());
}

function draw(state: AppState): void {
  if (state.messages !== keptMessages) keepThread(session, { id, messages: state.messages });
  keptMessages = state.messages;
  if (riskOf === undefined && (state.turns.length > 0 || state.engine.phase === 'ready'))
    loadChart().catch((error: unknown) => console.warn('Portcullis: the chart could not be loaded.', error));
  render(threadView(state, { fill, retry: conversation.retry, inspect }, inspector), thread);
  if (inspector) render(inspector.panelView(state, { copy, measure, fill }, riskOf?.(state) ?? nothing), panel);
  stayAtEnd();
  panel.toggleAttribute('data-open', state.panelOpen);
  // What is covered must not take the focus; the landmark itself stays.
  for (const part of views.flatMap((view) => [...view.children])) part.toggleAttribute('inert', state.panelOpen && overlaid.matches);
  toggle.setAttribute('aria-expanded', String(state.panelOpen));
  chip.textContent = chipText(state);
  chip.dataset.phase = state.engine.phase;
  const { assistant } = state.settings;
  destination.textContent = assistant.kind === 'endpoint' ? `Answers come from ${assistant.model} at ${assistant.url}.` : `${standIn.label}.`;
}

gate.addEventListener('portcullis-verdict', ({ detail }) => {
  store.update((state) => ({ ...state, last: detail, speed: { ...state.speed, visit: [...state.speed.visit, detail.verdict.latencyMs] } }));
  if (detail.verdict.decision === 'block') conversation.hold();
});
// The only place where a text leaves the composer.
gate.addEventListener('portcullis-send', ({ detail }) => {
  gate.clear();
  conversation.send(detail);
  guard.said(detail.text);
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
  openSettings(dialog, { store, guard, forced: overrides.backend, lasting, session });
});

overlaid.addEventListener('change', () => openPanel(false));

draw(store.get());
const draft = takeDraft(session);
// Who was faster than this script has written something else.
if (composer.value === '') composer.value = draft;
const policy = {
  preset: initial.preset,
  tools: TOOLS_POLICY,
  conversation: { store: 'embeddings' } as const,
  ...(initial.answers === 'stop' && { answer: { stop: 'medium' } as const }),
};
// Its code comes with the first doubtful message.
const judge: Judge = async (request) => (await import('./settings/judge-of.ts')).judgeOf(initial)(request);
const guard = runGuard(
  gate,
  { bundle: overrides.bundle, backend: overrides.backend ?? initial.backend, policy, ...(initial.judge !== 'none' && { judge }) },
  id,
  store,
);
// Tens of megabytes are nobody's to fetch unasked. What has been agreed to here holds for every visit.
const AGREED = 'portcullis.fetch';
fetching.hidden = lasting.getItem(AGREED) !== null;
if (fetching.hidden) guard.start();
element('fetch-agree', 'button').addEventListener('click', () => {
  lasting.setItem(AGREED, '1');
  fetching.hidden = true;
  composer.focus();
  guard.start();
});
const showChat = switchViews([
  {
    name: 'agent',
    skip: { href: '#agent-task', text: 'Skip to the task' },
    start: async () => (await import('./agent/agent.ts')).startAgent(element('agent-root', 'div'), element('call', 'dialog'), () => gate.guard),
  },
  {
    name: 'gallery',
    skip: { href: '#gallery-run', text: 'Skip to the test' },
    start: async () => (await import('./gallery/gallery.ts')).startGallery(element('gallery-root', 'div'), guard.current, fill),
  },
]);
import('./offline.ts').then(
  ({ keepOffline }) => keepOffline(() => keepDraft(session, composer.value)),
  (error: unknown) => console.warn('Portcullis: the page could not be kept for offline use.', error),
);
void import('./panel/inspector.ts').then((loaded) => {
  inspector = loaded;
  draw(store.get());
});
