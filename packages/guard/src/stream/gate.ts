import {
  createVault,
  graphemeStart,
  type HiddenContext,
  type InForce,
  PortcullisError,
  type Redaction,
  type RuleFinding,
  reaches,
  redact,
  redactRegions,
  regionsOf,
  starred,
  type Vault,
  type Verdict,
} from '@portcullis/core';
import { unscored } from '../unscored.ts';
import { tailOf } from './context.ts';
import { heldBack } from './held-back.ts';
import { LONGEST_SENTENCE, sentenceEnd, sentenceEnds } from './sentences.ts';
import { cleanBefore, ends, stoppedBy } from './stopped.ts';

/** Here for whoever loads this module anyway. */
export { redact };

/** What a gate asks: the rules, at once, and the whole guard. */
export interface Readers {
  /** Findings of the rules in a text, all of them. */
  readonly findingsIn: (text: string) => readonly RuleFinding[];
  /** Where, from a place on, a match may have begun that the text does not end. */
  readonly openIn: (text: string, from: number) => number;
  /** Whether a finding is a sign of a bad answer: the answer may end for it, and nothing is gained by taking it out. */
  readonly isSign: (finding: RuleFinding) => boolean;
  /** The guard's verdict on a text of the assistant's, held against what the answer is to hide. */
  readonly scan: (text: string) => Promise<Verdict>;
}

/** `systemPrompt` and `canaries` are what the answer is to hide: every reading holds it against them, and a last one the answer as a whole. */
export interface GateOptions extends HiddenContext {
  /** How findings are taken out: by placeholders of a vault (one of the gate's own, if left out), or masked for good. */
  readonly as?: Vault | 'mask';
  /** Told of each stretch that is taken out, before the text without it comes; its spans are of the piece it came in. */
  readonly onRedaction?: (redaction: Redaction) => void;
  /** Told each verdict of the models on a part of the answer, also those that let it pass: unchecked, say, under `fail: 'open'`. */
  readonly onVerdict?: (verdict: Verdict) => void;
  /** Told why the answer ends early, before the stream does. */
  readonly onStop?: (verdict: Verdict) => void;
}

/** Decides what of a text that grows may be seen. Calls must not overlap, and each must be read to its end. */
export interface Gate {
  /** Takes what came; gives what may be seen of it, and of what came before. Where the answer ends, what comes before that is given first. */
  push(text: string): AsyncIterable<string>;
  /** Gives the rest. After it, nothing may be pushed. */
  end(): AsyncIterable<string>;
}

/** What may be seen of a piece of the answer; `last` says why nothing behind it may. */
interface Passage {
  readonly text: string;
  readonly redactions: readonly Redaction[];
  readonly last?: Verdict;
}

/** Code units of what was let out that the rules see again: further than any of them looks back. */
const REACH = 1000;
/** Code units of what was shown that the models read again, before what is new: about half a window of theirs. */
const MODEL_CONTEXT = 600;
/** Code units of what was shown that are held against what the answer is to hide, at its end: about an eighth of what the models read of a text. */
const MOST_REREAD = 8192;
const NOTHING: Passage = { text: '', redactions: [] };
/** Most code units that are held: what nothing can be decided about for so long is nothing that anybody reads. */
const MOST_HELD = 32_768;

/**
 * A gate under a policy. Rules read what is held with what went before; models read, sentence by sentence, what the rules leave.
 * `push` and `end` throw `answer-stopped`, with the verdict as its cause, where the policy ends the answer.
 */
export function openGate({ findingsIn, openIn, isSign, scan }: Readers, { policy }: InForce, options: GateOptions): Gate {
  const { answer } = policy;
  const hides = options.systemPrompt !== undefined || options.canaries !== undefined;
  const as = options.as ?? createVault({ prefix: 'REDACTED_' });
  /** The end of what was let out, as it came: matches and what stands before them may begin there. */
  let seen = '';
  let held = '';
  /** The end of what was let out, as it was shown, and how much of that the models have not read. */
  let shown = '';
  let unread = 0;
  /** As much of what was shown as is held against what the answer is to hide, and what was last read. */
  let whole = '';
  let lastRead = '';
  let behind: Promise<void> = Promise.resolve();
  let reading = false;
  let late: unknown;

  const stop = (verdict: Verdict): never => {
    options.onStop?.(verdict);
    throw new PortcullisError('answer-stopped', verdict.reason, { cause: verdict });
  };
  /** The models' verdict on a text, which is not told what was taken out of it. */
  const readingOf = async (text: string): Promise<Verdict> => {
    lastRead = text;
    const verdict = await scan(as === 'mask' ? text : starred(text, as));
    options.onVerdict?.(verdict);
    return verdict;
  };
  const goes = (finding: RuleFinding): boolean => reaches(finding.severity, answer.redact) && !isSign(finding);
  const tell = (redactions: readonly Redaction[]): void => {
    for (const redaction of redactions) options.onRedaction?.(redaction);
  };

  /** What the rules let out of what is held, and take out of it. */
  const cleared = (final: boolean): Passage => {
    const text = seen + held;
    const base = seen.length;
    const findings = findingsIn(text).filter(({ span }) => span[1] > base);
    const open = final ? text.length : Math.min(openIn(text, base), base + heldBack(held));
    const fatal = findings.filter(({ severity }) => reaches(severity, answer.stop));
    const stopping = fatal.find(({ span }) => span[1] <= open);
    const settled = stopping === undefined ? open : before(Math.min(open, ...fatal.map(({ span }) => span[0])));
    const rest = final && stopping === undefined;
    const regions = regionsOf(text, findings.filter(goes));
    let cut = rest ? settled : graphemeStart(text, settled);
    cut = Math.max(base, regions.find(({ span }) => span[0] < cut && span[1] > cut)?.span[0] ?? cut);
    if (!rest && answer.hold === 'sentence') cut = base + sentenceEnd(held, cut - base);
    // A sentence may end within a region: in `A.B@c.example`, say, or a key with a full stop and a blank.
    cut = Math.max(base, regions.find(({ span }) => span[0] < cut && span[1] > cut)?.span[0] ?? cut);
    const within = regions
      .filter(({ span }) => span[1] > base && span[1] <= cut)
      .map(({ finding, span }) => ({ finding, span: [Math.max(0, span[0] - base), span[1] - base] as const }));
    const passage = redactRegions(text.slice(base, cut), within, as);
    seen = tailOf(text.slice(0, cut), REACH);
    held = text.slice(cut);
    if (stopping !== undefined) return { ...passage, last: stoppedBy(stopping, answer) };
    const most = `nothing can be decided about ${MOST_HELD} characters in a row`;
    return held.length > MOST_HELD ? { ...passage, last: unscored({ code: 'input-invalid', message: most }, 'closed') } : passage;
  };

  /** What may be shown before a place in what was let out and is held: whole words, nothing half open. */
  const before = (place: number): number => {
    const base = seen.length;
    return base + heldBack(held.slice(0, Math.max(0, place - base)));
  };

  /** What the models say of a piece. Rules that read it decoded, or without its disguise, may still take something out of it. */
  const readAsOne = async (piece: string, context: string): Promise<Passage> => {
    let passage: Passage = { text: piece, redactions: [] };
    for (let round = 0; ; round += 1) {
      const { text, redactions } = passage;
      const verdict = await readingOf(context + text);
      const findings = verdict.findings.filter((finding): finding is RuleFinding => 'rule' in finding && finding.span[1] > context.length);
      const fatal = findings.find(({ severity }) => reaches(severity, answer.stop));
      if (fatal !== undefined) return { ...passage, last: stoppedBy(fatal, answer) };
      const out = findings.filter(goes);
      if (out.length === 0 || round > 1) return ends(verdict, policy) ? { ...passage, last: verdict } : passage;
      const moved = out.map((finding) => ({ ...finding, span: [finding.span[0] - context.length, finding.span[1] - context.length] as const }));
      const redacted = redact(text, moved, as);
      passage = { text: redacted.text, redactions: [...redactions, ...redacted.redactions] };
    }
  };

  /** What the models let out of a piece: the sentences before the one that ends the answer, found by halves, each read as if no more had come. */
  const read = async (piece: string, context: string): Promise<Passage> => {
    const whole = await readAsOne(piece, context);
    if (whole.last === undefined) return whole;
    let [passed, last]: [Passage, Verdict] = [NOTHING, whole.last];
    const most = cleanBefore(last, context.length + whole.text.length) - context.length;
    const places = sentenceEnds(whole.text).filter((place) => place <= most && place < whole.text.length);
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const half = await readAsOne(whole.text.slice(0, places[middle]), context);
      if (half.last === undefined) [passed, low] = [half, middle + 1];
      else [last, high] = [half.last, middle];
    }
    return { text: passed.text, redactions: [...whole.redactions, ...passed.redactions], last };
  };

  const show = (piece: string): void => {
    shown = tailOf(shown + piece, 2 * MODEL_CONTEXT + unread);
    if (hides) whole = tailOf(whole + piece, MOST_REREAD);
  };

  /** Has the models read what was shown already, one part after another. */
  const follow = (): void => {
    const [before, piece] = [tailOf(shown.slice(0, shown.length - unread), MODEL_CONTEXT), shown.slice(shown.length - unread)];
    unread = 0;
    reading = true;
    behind = readingOf(before + piece)
      .then((verdict) => {
        if (ends(verdict, policy)) stop(verdict);
      })
      .catch((error: unknown) => {
        late ??= error;
      })
      .finally(() => {
        reading = false;
      });
  };

  /** What is told in drips, no part of the answer gives away. */
  const rereadWhole = async (): Promise<void> => {
    if (!hides || whole === lastRead) return;
    const verdict = await readingOf(whole);
    if (ends(verdict, policy)) stop(verdict);
  };

  const advance = async (text: string, final: boolean): Promise<Passage> => {
    held += text;
    // Without the end of a sentence there is nothing to decide yet.
    if (!final && answer.hold === 'sentence' && held.length < LONGEST_SENTENCE && sentenceEnd(held) === 0) return NOTHING;
    if (late !== undefined) throw late;
    const piece = cleared(final);
    tell(piece.redactions);
    if (answer.hold === 'sentence') {
      if (piece.text.trim() === '') return piece;
      const passed = await read(piece.text, tailOf(shown, MODEL_CONTEXT));
      tell(passed.redactions);
      show(passed.text);
      const last = passed.last ?? piece.last;
      return { ...passed, ...(last && { last }) };
    }
    unread += piece.text.length;
    show(piece.text);
    if (piece.last === undefined && !reading && unread > 0 && sentenceEnd(shown.slice(-unread)) > 0) follow();
    return piece;
  };

  return {
    async *push(text) {
      const passage = await advance(text, false);
      yield passage.text;
      if (passage.last !== undefined) stop(passage.last);
    },
    async *end() {
      const rest = await advance('', true);
      // The last word goes out when the models have read everything: till then they can still end the answer.
      await behind;
      if (late === undefined && unread > 0) follow();
      await behind;
      if (late !== undefined) throw late;
      await rereadWhole();
      yield rest.text;
      if (rest.last !== undefined) stop(rest.last);
    },
  };
}
