import type { Assistant } from './assistant.ts';
import type { Endpoint } from './endpoint.ts';

/** An endpoint whose code comes with the first question: a page that only talks to the stand-in does without. */
export function lazyEndpoint(choice: Endpoint): Assistant {
  return {
    label: choice.model,
    reply: async (turns, signal) => (await import('./endpoint.ts')).endpoint(choice).reply(turns, signal),
  };
}
