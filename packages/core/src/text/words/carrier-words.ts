/** Words that name a code, or what is done to read one: with one of them a sentence speaks of the code beside it. */
export const CODE_WORDS: readonly string[] = `
ascii atbash backward backwards base binary braille byte bytes bits caesar cipher ciphered ciphertext code coded codes concat concatenate
concatenated concatenating concatenation combine combined combining cypher decipher deciphered decode decoded decodes decoding decrypt decrypted
deobfuscate encoded encoding encodings encrypted entities entity escaped escapes glue hex hexadecimal join joined joining jumbled merge merged
mirror mirrored morse obfuscated percent reversal reverse reversed reversing rot scrambled uncode undo unencode unicode unscramble unscrambled url utf vigenere
`
  .trim()
  .split(/\s+/);

/**
 * All other words of a sentence that says nothing but that a text is to be read and answered: no word for what to do besides, for what the
 * model is, or for what it was told. `your`, `encode`, `repeat`, `previous` and `prompt` are missing on purpose.
 */
export const CARRIER_WORDS: readonly string[] = `
a an the this that these those it its it's them they itself i i'm i've i'd my me we us let lets let's you he is am are was were be been being
in into inside of to for from on onto at by as with within and or then so now here here's there next first last again also too once after afterwards before
below under above following given back out up if when while what what's which who whatever how exactly just only simply directly immediately
please kindly can could would will should must may might do does doing did done have has had having want wants need needs like help thanks thank hi hello hey
one two both all each any whole entire full original plain clear actual real hidden resulting result results output value values variable variables
string strings text texts message messages sentence sentences line lines content contents word words letter letters character characters digits
part parts piece pieces fragment fragments half halves question questions query queries request requests task tasks instruction instructions
order orders command commands html numeric reference references format form meaning english language sum together block data note snippet chunk
follow follows followed execute obey carry perform complete comply fulfil fulfill answer answers answering answered respond responds response responding
reply replies replying act read reads reading say says said tell tells told ask asks asked asking see solve handle process treat consider
understand figure work works make makes sense mean means get take find look give gives use show write written wrote writes translate translated convert
converted interpret interpreted turn turned put assemble call called stand stands represent represents contain contains print echo const var return
`
  .trim()
  .split(/\s+/);
