import type { Normalised } from '../normalise.ts';
import type { Languages } from '../words/languages.ts';
import { codeEnvelope } from './code-envelope.ts';
import { diacritics } from './diacritics.ts';
import { escapes } from './escapes.ts';
import { homoglyphs } from './homoglyphs.ts';
import { jsonEnvelope } from './json-envelope.ts';
import { leetspeak } from './leetspeak.ts';
import { markup } from './markup.ts';
import { repeats } from './repeats.ts';
import { scrambled } from './scrambled.ts';
import { spacedLetters } from './spaced-letters.ts';
import { splitWords } from './split-words.ts';
import type { View } from './view.ts';

/** In the order in which disguises lie on top of each other: first what the text lies in, then what changes letters, then what moves them. */
const VIEWS: readonly (readonly [name: string, view: View])[] = [
  ['json', jsonEnvelope],
  ['code', codeEnvelope],
  ['escapes', escapes],
  ['markup', markup],
  ['homoglyphs', homoglyphs],
  ['diacritics', diacritics],
  ['spaced-letters', spacedLetters],
  ['leetspeak', leetspeak],
  ['repeats', repeats],
  ['split-words', splitWords],
  ['scrambled', scrambled],
];

/** A text with every disguise of the spelling taken off, and the names of those that were on. */
export interface PlainReading {
  readonly view: Normalised;
  /** Empty if the text was plain: then `view` is what was given. */
  readonly takenOff: readonly string[];
}

/**
 * All views in turn, as one reading: a variant costs a run of the models, and no attack reads better with half its disguise on.
 * There is no view for the case of letters: rules and encoders do not see it.
 */
export function plainReading(source: Normalised, languages?: Languages): PlainReading {
  let view = source;
  const takenOff: string[] = [];
  for (const [name, take] of VIEWS) {
    const taken = take(view, languages);
    if (taken !== view) takenOff.push(name);
    view = taken;
  }
  return { view, takenOff };
}
