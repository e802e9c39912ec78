import { bidi } from './character/bidi.ts';
import { caseFlip } from './character/case-flip.ts';
import { diacritics } from './character/diacritics.ts';
import { emojiSmuggling } from './character/emoji-smuggling.ts';
import { fullWidth } from './character/full-width.ts';
import { homoglyph } from './character/homoglyph.ts';
import { leetspeak } from './character/leetspeak.ts';
import { letterSpacing } from './character/letter-spacing.ts';
import { styledLetters } from './character/styled-letters.ts';
import { tagSmuggling } from './character/tag-smuggling.ts';
import { typoglycemia } from './character/typoglycemia.ts';
import { variationSelectors } from './character/variation-selectors.ts';
import { wordSplit } from './character/word-split.ts';
import { zeroWidth } from './character/zero-width.ts';
import { compose } from './compose.ts';
import { base32 } from './encoding/base32.ts';
import { base64 } from './encoding/base64.ts';
import { binary } from './encoding/binary.ts';
import { hex } from './encoding/hex.ts';
import { htmlEntities } from './encoding/html-entities.ts';
import { morse } from './encoding/morse.ts';
import { reversed } from './encoding/reversed.ts';
import { rot13 } from './encoding/rot13.ts';
import { urlEncoding } from './encoding/url-encoding.ts';
import { codeWrapping } from './structure/code-wrapping.ts';
import { htmlComment } from './structure/html-comment.ts';
import { htmlHidden } from './structure/html-hidden.ts';
import { jsonWrapping } from './structure/json-wrapping.ts';
import { markdownHiding } from './structure/markdown-hiding.ts';
import { payloadSplit } from './structure/payload-split.ts';
import type { Transform } from './transform.ts';
import { fewShot } from './wording/few-shot.ts';
import { prefixPadding, suffixPadding } from './wording/padding.ts';
import { synonyms } from './wording/synonyms.ts';

/** Every transform, by family. A new one is a file and a line here. */
export const TRANSFORMS: readonly Transform[] = [
  homoglyph,
  zeroWidth,
  variationSelectors,
  tagSmuggling,
  emojiSmuggling,
  bidi,
  leetspeak,
  diacritics,
  fullWidth,
  styledLetters,
  letterSpacing,
  wordSplit,
  typoglycemia,
  caseFlip,
  base64,
  base32,
  hex,
  urlEncoding,
  htmlEntities,
  rot13,
  morse,
  binary,
  reversed,
  markdownHiding,
  htmlComment,
  htmlHidden,
  payloadSplit,
  jsonWrapping,
  codeWrapping,
  synonyms,
  prefixPadding,
  suffixPadding,
  fewShot,
];

const BY_NAME = new Map(TRANSFORMS.map((transform) => [transform.name, transform]));

/** The transform of this name, or the composition of several named `first+second`; `undefined` if a name is unknown. */
export function transformNamed(name: string): Transform | undefined {
  const parts = name.split('+').map((part) => BY_NAME.get(part));
  const known = parts.filter((part) => part !== undefined);
  const [first, ...rest] = known;
  return first === undefined || known.length < parts.length ? undefined : compose(first, ...rest);
}
