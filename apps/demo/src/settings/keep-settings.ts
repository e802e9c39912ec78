import { KEY, type Settings, STORED, type Store } from './settings.ts';

/** Whether the guard must be started anew for the change to count. */
export function restarts(before: Settings, after: Settings): boolean {
  return (
    (['backend', 'answers', 'preset', 'judge'] as const).some((name) => before[name] !== after[name]) ||
    (after.judge === 'endpoint' && !sameAssistant(before, after))
  );
}

const sameAssistant = (a: Settings, b: Settings): boolean => JSON.stringify(a.assistant) === JSON.stringify(b.assistant);

/** Stores everything but the API key, which lives in the session store and goes with the tab. */
export function writeSettings(settings: Settings, lasting: Store, session: Store): void {
  const { assistant, ...common } = settings;
  const plain =
    assistant.kind === 'endpoint'
      ? { ...common, assistant: assistant.kind, url: assistant.url, model: assistant.model }
      : { ...common, assistant: assistant.kind };
  lasting.setItem(STORED, JSON.stringify(plain));
  if (assistant.kind === 'endpoint' && assistant.key !== '') session.setItem(KEY, assistant.key);
  else session.removeItem(KEY);
}
