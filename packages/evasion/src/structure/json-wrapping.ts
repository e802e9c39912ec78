import type { Choices } from '../random.ts';
import type { Transform } from '../transform.ts';

/** Objects that an application would exchange. None adds more than 250 units. */
const OBJECTS: Choices<(text: string) => unknown> = [
  (text) => ({ id: 4417, type: 'message', author: 'guest', content: text }),
  (text) => ({
    status: 'ok',
    results: [
      { title: 'Opening hours', snippet: 'Mon-Fri 9-17' },
      { title: 'Notes', snippet: text },
    ],
  }),
  (text) => ({ model: 'assistant', messages: [{ role: 'user', content: text }], temperature: 0.2 }),
  (text) => ({ ticket: { subject: 'Delivery', priority: 'normal', body: text, attachments: [] } }),
];

/** The text as one field of a JSON document. */
export const jsonWrapping: Transform = {
  name: 'json-wrapping',
  family: 'structure',
  readable: true,
  reference: 'HiddenLayer 2025, Policy Puppetry; Greshake et al. 2023 (arXiv 2302.12173)',
  growth: { times: 6, plus: 250 },
  apply: (text, random) => JSON.stringify(random.pick(OBJECTS)(text), null, random.pick([0, 2] as const)),
};
