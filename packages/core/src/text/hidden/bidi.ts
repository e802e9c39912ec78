import type { HiddenFinder } from './hidden-text.ts';

const OVERRIDE = '\u202E';
const CONTROLS = /[\u202A-\u202E\u2066-\u2069\u200E\u200F]/g;
// An override ends at its pop, at the pop of an isolate around it, or with the paragraph.
const RUN = /\u202E([^\u202C\u2069\n]{2,})/g;

/** Text behind a right-to-left override, in the order in which a person sees it: the reverse of the order in which it is stored. */
export const bidi: HiddenFinder = (original) =>
  original.includes(OVERRIDE)
    ? [...original.matchAll(RUN)].map(({ 0: run, index, 1: inside = '' }) => ({
        kind: 'bidi',
        span: [index, index + run.length],
        text: [...inside.replace(CONTROLS, '')].reverse().join(''),
      }))
    : [];
