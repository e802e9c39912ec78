// Apart from the guard: a page needs it only for texts that hide something.
export { HIDDEN_CHARACTER_KINDS, type HiddenCharacterKind, type HiddenCharacters, type HiddenRun, hiddenCharacters } from '@portcullis/core';
