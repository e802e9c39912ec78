/** Without plurals. Words that name a code, or what is done to read one: with one of them a sentence speaks of the code beside it. */
export const CODE_WORDS: readonly string[] = `
ascii backward base binary byte bits caesar cipher ciphertext code coded concat concatenate concatenated concatenation combine combined cypher
decipher deciphered decode decoded decoding decrypt decrypted encoded encoding encrypted entities entity escaped escapes hex hexadecimal join joined mirror
morse obfuscated reverse reversed reversing rot scrambled unicode unscramble url utf
`
  .trim()
  .split(/\s+/);

/**
 * Without plurals. All other words of a sentence that says nothing but that a text is to be read and answered: no word for what to do
 * besides, for what the model is, or for what it was told. `your`, `encode`, `repeat`, `previous` and `prompt` are missing on purpose.
 */
export const CARRIER_WORDS: readonly string[] = `
an the this that these those it it's them they i'm i'd my me we let let's you he am are was were be been being in into inside of to for from on by
with within and or then so now here here's there next first last again also too once after before below under above following given back out up if
what what's which who whatever how exactly just only directly please can could would will must do does doing did have has had need like help thank hi
hello one two both all each any whole entire full original plain clear hidden resulting result output value variable string text message sentence line
content word letter character digits part piece question query request task instruction order command html reference format form english language sum
together block data follow followed execute obey carry complete comply answer answering answered respond response reply act read reading say said tell
told ask asked asking see solve handle process understand figure work make get take find look give use show write written wrote translate translated
convert converted interpret turn turned put print echo return
`
  .trim()
  .split(/\s+/);
