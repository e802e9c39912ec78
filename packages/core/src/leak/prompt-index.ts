import { normalise } from '../text/normalise.ts';
import { placedWords, stemOf, weightOf } from './words.ts';

/** Words that a shingle has: the usual length in work on copied text (Broder 1997 took words in tens, w-shingling in threes to fives). */
export const SHINGLE = 3;

/** A sentence of a system prompt, as far as an answer can tell it again. */
interface Sentence {
  /** Weights of its words together. */
  readonly weight: number;
  /** True of what orders the model, rather than informs it: that is not for the reader. */
  readonly directive: boolean;
}

/** A system prompt, ready to hold answers against. */
export interface PromptIndex {
  /** Every run of `SHINGLE` words, and the sentence it begins in. */
  readonly shingles: ReadonlyMap<string, number>;
  readonly sentences: readonly Sentence[];
  /** Stems, and the sentences they stand in; those of many sentences are left out, as they tell none apart. */
  readonly stems: ReadonlyMap<string, readonly number[]>;
}

/** A clause: what stands behind a colon or a semicolon may be a fact where an order stands before it. */
const SENTENCE = /(?:[^.!?:;\n。！？]|[.:](?=\S))+[.!?:;。！？]*/gu;
/** Sentences from which a stem is part of the subject, and tells nothing. */
const COMMONPLACE = 6;

/** How one speaks to a model: second person, orders and bans, in the languages that prompts are mostly written in. */
const DIRECTIVE =
  /\b(?:you|your|never|always|do not|don['’]t|must|should|only|refuse|decline|avoid|instead|answer|reply|respond|keep|mention|reveal|disclose|confidential|internal|secret|pretend|persona|tone|role|escalate|redirect|insist|ask (?:for|the|whether|them)|offer|sign off|du|sie sind|dein|niemals|immer|darfst|sollst|antworte|verrate|nenne|tu es|vous|jamais|toujours|ne .{1,20} pas|réponds|eres|usted|nunca|siempre|debes|responde|no (?:reveles|menciones|digas)|sei un|non .{1,12} mai|sempre|rispondi|você|sempre|responda|je bent|nooit|altijd)\b/iu;

/** A sentence that begins with one of these gives an order. */
const IMPERATIVE =
  /^\P{L}*(?:please\s)?(?:accept|add|adopt|apply|argue|ask|assume|base|be|begin|call|check|cite|close|collect|comment|compare|concede|confirm|consider|correct|decline|describe|distinguish|draft|drop|emphasi[sz]e|end|ensure|escalate|explain|express|extract|finish|focus|follow|format|generate|get|give|grade|greet|handle|have|help|hint|ignore|include|inform|keep|lead|leave|limit|link|list|log|maintain|make|mark|mention|name|no|note|offer|open|output|pick|point|praise|prefer|present|produce|provide|push|put|query|quote|recommend|refer|reject|remove|repeat|replace|report|request|respond|return|review|say|sell|send|show|sign|skip|speak|start|state|stay|stop|suggest|summari[sz]e|take|talk|tell|thank|transcribe|translate|treat|try|upsell|use|verify|wait|write)\b/iu;

let last: { readonly systemPrompt: string; readonly index: PromptIndex } | undefined;

/** Indexes a system prompt. Linear in its length; the last one is kept, as an answer that streams is held against it again and again. */
export function indexPrompt(systemPrompt: string): PromptIndex {
  if (last?.systemPrompt !== systemPrompt) last = { systemPrompt, index: indexed(systemPrompt) };
  return last.index;
}

function indexed(systemPrompt: string): PromptIndex {
  const { text } = normalise(systemPrompt);
  const shingles = new Map<string, number>();
  const stems = new Map<string, number[]>();
  const sentences: Sentence[] = [];
  const words: { readonly word: string; readonly sentence: number }[] = [];
  for (const { 0: sentence } of text.matchAll(SENTENCE)) {
    const own = placedWords(sentence).map(({ word }) => word);
    if (own.length === 0) continue;
    const at = sentences.length;
    const distinct = new Map(own.map((word) => [stemOf(word), weightOf(word)]));
    sentences.push({
      weight: [...distinct.values()].reduce((sum, weight) => sum + weight, 0),
      directive: DIRECTIVE.test(sentence) || IMPERATIVE.test(sentence),
    });
    for (const stem of distinct.keys()) {
      const where = stems.get(stem);
      if (where === undefined) stems.set(stem, [at]);
      else if (where.length <= COMMONPLACE) where.push(at);
    }
    words.push(...own.map((word) => ({ word, sentence: at })));
  }
  for (let at = 0; at + SHINGLE <= words.length; at += 1) {
    const shingle = shingleOf(words.slice(at, at + SHINGLE).map(({ word }) => word));
    if (!shingles.has(shingle)) shingles.set(shingle, words[at]?.sentence ?? 0);
  }
  for (const [stem, where] of stems) if (where.length > COMMONPLACE) stems.delete(stem);
  return { shingles, sentences, stems };
}

export const shingleOf = (words: readonly string[]): string => words.join(' ');
