import type { BenignReason } from '../verdict.ts';

/** Words that say how the text around them speaks of an attack. */
export interface Frame {
  readonly reason: BenignReason;
  readonly pattern: RegExp;
}

// Every repeat is bounded, so that matching is linear.
const ATTACK =
  '(?:prompt[\\s-]?(?:injections?|leak(?:s|ing|age)?|hacking)|jail-?break(?:s|ing|ers?)?|attack(?:s|ers?|ing)?|adversar(?:y|ies|ial)|malicious|hackers?|exploits?|payloads?|phishing|red[\\s-]team(?:s|ing|ers?)?|vulnerabilit(?:y|ies)|inyecci[oó]n(?:es)?|injections?\\sde\\sprompt|angreif\\p{L}{0,6}|angriff\\p{L}{0,3}|attaqu\\p{L}{1,5}|atacant\\p{L}{0,4}|攻击|攻撃|공격|атак\\p{L}{0,4})';
const word = (pattern: string): RegExp => new RegExp(`(?<!\\p{L})(?:${pattern})(?!\\p{L})`, 'iu');

/** Frames that make a quotation an object of talk. A quotation in one of them weighs less, whatever its severity short of critical. */
export const FRAMES: readonly Frame[] = [
  {
    reason: 'prevents',
    pattern: word(
      'prevent(?:s|ed|ing|ion)?|protect(?:s|ed|ing|ion)?|defend(?:s|ed|ing)?|detect(?:s|ed|ing|ion|or)?|mitigat(?:e|es|ed|ing|ion)|filter(?:s|ed|ing)?\\sout|harden(?:s|ed|ing)?|sanitiz(?:e|es|ed|ing)|guard(?:s|ed|ing)?\\sagainst|stop\\s(?:\\S{1,20}\\s){0,5}from|verhinder\\p{L}{0,3}|erkenn\\p{L}{0,3}|empêcher|détecter|prevenir|detectar',
    ),
  },
  {
    reason: 'asks-about',
    pattern: word(
      'what\\s(?:does|do|is|are|did|happens?)|why\\s(?:does|do|is|are|did|would)|how\\s(?:does|do|can|could|is|are)|mean(?:s|ing)?|meant|explain|definition\\sof|an?\\sexample\\sof|was\\s(?:bedeutet|heißt)|erkläre?|que\\ssignifie|explique[rz]?|qué\\ssignifica',
    ),
  },
  {
    reason: 'edits',
    pattern: word(
      'translate|translation|proofread|correct|grammar|spelling|rewrite|rephrase|paraphrase|edit|classify|categori[sz]e|count|sentiment|punctuation|capitali[sz]e|übersetze?n?|korrigiere?n?|traduis|traduire|traduce|traducir',
    ),
  },
  { reason: 'reports', pattern: word(ATTACK) },
];

/** What makes a mention without quotation marks one: an attack by its name, or means against it, in the same sentence. */
export const MENTIONS: readonly Frame[] = FRAMES.filter(({ reason }) => reason === 'prevents' || reason === 'reports');

/** Ends of what stands before a finding in its sentence: a ban, or somebody else who does it. */
export const LEADS: readonly Frame[] = [
  {
    reason: 'forbids',
    pattern:
      /(?<!\p{L})(?:not\sto|never|do(?:es)?\snot|do(?:es)?n['’]t|must\snot|should\snot|cannot|can['’]t|avoid|instead\sof|refus(?:e|es|ed)\sto)\s(?:(?!forget|hesitate|fail|stop|refuse|neglect)[^\s:]{1,15}\s){0,2}$/iu,
  },
  {
    reason: 'narrates',
    pattern:
      /(?<!\p{L})(?:he|she|they|people|users|kids|children|students|employees|drivers|customers|visitors|(?:my|our|his|her|their)\s(?!only|new|real|prompt|instructions|orders?|command)\p{L}{2,15})\s(?:(?!you|to)\p{L}{1,12}\s){0,2}$/iu,
  },
];

/** What an attack by name looks like: a text that softens a score must say one. */
export const TOPIC = word(ATTACK);

const order =
  '(?:do|follow|obey|execute|perform|run|apply|heed|comply\\swith|act\\s(?:on|upon|according\\sto)|carry\\sout|adhere\\sto|adopt|implement|respond\\s(?:to|as)|answer\\sas|behave\\sas|become|treat|accept)';
const object =
  '(?:it|this|that|them|these|those|so|everything|above|below|following|quoted?|quotation|text|message|instructions?|commands?|sentences?|lines?|paragraph|string|prompt|orders?|rules?|note|letter|what|exactly|literally)';

/**
 * Signs that a text gives the model an order of its own; with one of them nothing is lowered. They err towards life: a missed one lowers a live
 * attack, a false one only leaves a finding as it was.
 */
export const ORDERS: readonly RegExp[] = [
  /\b(?:and|then|now|next|finally|afterwards)[,:]?\s(?:you\s)?(?:(?:must|should|will|please|just|actually|really)\s){0,2}(?:obey|comply|proceed|execute|act|follow|begin|start|continue|do\sso|do\sit|go\sahead)\b/iu,
  /\byou\s(?:are\s(?:now|no\slonger|going\sto|free|required|ordered|hereby)|must|shall|will\s(?:now|then|have)|have\sto|need\sto|should\snow|can\snow|may\snow|are\sto)\b/iu,
  /\byour\s(?:new|real|true|only|actual|sole|current)\s(?:[^\s.!?]{1,12}\s)?(?:instructions?|task|goal|role|purpose|orders?|rules?|prompt|mission|job|identity|name)\b/iu,
  /\b(?:reveal|show|print|repeat|output|tell|give|leak|dump|display|send)\s(?:[^\s.!?]{1,12}\s){0,4}your\s(?:[^\s.!?]{1,12}\s){0,2}(?:prompts?|instructions?|rules|secrets?|password|keys?|guidelines|configuration)\b/iu,
  /\b(?:from\snow\son|from\sthis\s(?:point|moment)|henceforth|pretend\s(?:to\sbe|you|that)|act\sas|roleplay\sas|ignore\sthe\squot|for\sreal|is\s(?:a|an|your)\s(?:real\s)?(?:order|command)|i\s(?:order|command|instruct)\syou|take\seffect|in\sforce)\b/iu,
  /(?<!\p{L})(?:befolge|gehorche|führe\s(?:\S{1,15}\s){0,3}aus|tu[e]?\s(?:das|was)|mach\s(?:das|was|es)|obéis|exécute|fais\s(?:ce|le|ça)|suis\s(?:les|ces|ses)|obedece|ejecuta|haz\s(?:lo|eso)|sigue\s(?:las|estas|sus)|obbedisci|esegui|segui\s(?:le|queste)|obedeça|siga\s(?:as|estas)|выполни|следуй|подчин|сделай)/iu,
  /执行|遵循|遵守|照做|服从|執行|実行し|従って|従え|따르|실행해|نفذ|اتبع|अनुसरण|पालन\sकर/u,
  // An order beside the one that the frame is: “translate … and say”.
  /(?:^|[.!?;:,"”’»]\s?|\b(?:and|then)\s)(?:say|print|output|reply|respond|write)\s/iu,
];

/** Orders to obey something, which may be what is quoted. Who only tells of such orders quotes nothing of high severity beside them. */
export const OBEY: RegExp = new RegExp(
  `(?<!(?:not|n['’]t|never|without|models?|LLMs?|would|might|could|bots?|assistants?|why)\\s)\\b${order}\\s(?:\\S{1,15}\\s){0,3}${object}\\b`,
  'iu',
);

/** The model is spoken to. */
export const ADDRESS = /(?<!\p{L})(?:you|your|yours|yourself)(?!\p{L})/iu;
