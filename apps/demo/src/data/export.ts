import type { AppState } from '../state.ts';

/** This chat as JSON: what was said, what the guard said of it, what it keeps of the turns, and the settings without the key. */
export function exportOf({ messages, turns, settings, last }: AppState): string {
  const { assistant, ...rest } = settings;
  const asked = assistant.kind === 'endpoint' ? { kind: assistant.kind, url: assistant.url, model: assistant.model } : assistant;
  return JSON.stringify(
    { format: 1, exported: new Date().toISOString(), messages, turns, settings: { ...rest, assistant: asked }, ...(last && { last }) },
    null,
    2,
  );
}

/** Hands a file to the person. */
export function download(name: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  link.download = name;
  link.click();
  // The click has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
