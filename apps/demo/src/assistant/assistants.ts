import type { Assistant } from './assistant.ts';
import type { Endpoint } from './endpoint.ts';

// Their code comes with the first question: until one is sent, the page is for the guard.

/** Answers offline with canned text. */
export const standIn: Assistant = {
  label: 'Offline stand-in: canned replies, no model',
  reply: async (turns, signal) => (await import('./stand-in.ts')).standInStream(turns, signal),
};

/** A model that the person has set up. */
export function lazyEndpoint(choice: Endpoint): Assistant {
  return {
    label: choice.model,
    reply: async (turns, signal) => (await import('./endpoint.ts')).endpoint(choice).reply(turns, signal),
  };
}
