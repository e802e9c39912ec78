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
import { LONGEST_SENTENCE, sentenceEnd } from './sentences.ts';
import { ends, stoppedBy } from './stopped.ts';

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

/** Decides what of a text that grows may be seen. Calls must not overlap. */
export interface Gate {
  /** Takes what came; gives what may be seen of it, and of what came before. */
  push(text: string): Promise<string>;
  /** Gives the rest. After it, nothing may be pushed. */
  end(): Promise<string>;
}

/** Code units of what was let out that the rules see again: further than any of them looks back. */
const REACH = 1000;
/** Code units of what was shown that the models read again, before what is new: about half a window of theirs. */
const MODEL_CONTEXT = 600;
/** Code units of what was shown that are held against what the answer is to hide, at its end: about an eighth of what the models read of a text. */
const MOST_REREAD = 8192;
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
  const cleared = (final: boolean): string => {
    const text = seen + held;
    const base = seen.length;
    const findings = findingsIn(text).filter(({ span }) => span[1] > base);
    const settled = final ? text.length : Math.min(openIn(text, base), base + heldBack(held));
    const fatal = findings.find(({ severity, span }) => reaches(severity, answer.stop) && span[1] <= settled);
    if (fatal !== undefined) stop(stoppedBy(fatal, answer));
    const regions = regionsOf(text, findings.filter(goes));
    let cut = final ? settled : graphemeStart(text, settled);
    cut = Math.max(base, regions.find(({ span }) => span[0] < cut && span[1] > cut)?.span[0] ?? cut);
    if (!final && answer.hold === 'sentence') cut = base + sentenceEnd(held, cut - base);
    // A sentence may end within a region: in `A.B@c.example`, say, or a key with a full stop and a blank.
    cut = Math.max(base, regions.find(({ span }) => span[0] < cut && span[1] > cut)?.span[0] ?? cut);
    const within = regions
      .filter(({ span }) => span[1] > base && span[1] <= cut)
      .map(({ finding, span }) => ({ finding, span: [Math.max(0, span[0] - base), span[1] - base] as const }));
    const { text: piece, redactions } = redactRegions(text.slice(base, cut), within, as);
    tell(redactions);
    seen = tailOf(text.slice(0, cut), REACH);
    held = text.slice(cut);
    if (held.length > MOST_HELD) stop(unscored({ code: 'input-invalid', message: `nothing can be decided about ${MOST_HELD} characters in a row` }, 'closed'));
    return piece;
  };

  /** What the models let out of a piece. Rules that read it decoded, or without its disguise, may still take something out of it. */
  const read = async (piece: string, before: string): Promise<string> => {
    let text = piece;
    for (let round = 0; ; round += 1) {
      const verdict = await readingOf(before + text);
      const findings = verdict.findings.filter((finding): finding is RuleFinding => 'rule' in finding && finding.span[1] > before.length);
      const fatal = findings.find(({ severity }) => reaches(severity, answer.stop));
      if (fatal !== undefined) stop(stoppedBy(fatal, answer));
      const out = findings.filter(goes);
      if (out.length === 0 || round > 1) {
        if (ends(verdict, policy)) stop(verdict);
        return text;
      }
      const moved = out.map((finding) => ({ ...finding, span: [finding.span[0] - before.length, finding.span[1] - before.length] as const }));
      const redacted = redact(text, moved, as);
      tell(redacted.redactions);
      text = redacted.text;
    }
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

  const advance = async (text: string, final: boolean): Promise<string> => {
    held += text;
    // Without the end of a sentence there is nothing to decide yet.
    if (!final && answer.hold === 'sentence' && held.length < LONGEST_SENTENCE && sentenceEnd(held) === 0) return '';
    if (late !== undefined) throw late;
    const piece = cleared(final);
    if (answer.hold === 'sentence') {
      const passed = piece.trim() === '' ? piece : await read(piece, tailOf(shown, MODEL_CONTEXT));
      show(passed);
      return passed;
    }
    unread += piece.length;
    show(piece);
    if (!reading && unread > 0 && sentenceEnd(shown.slice(-unread)) > 0) follow();
    return piece;
  };

  return {
    push: (text) => advance(text, false),
    async end() {
      const rest = await advance('', true);
      // The last word goes out when the models have read everything: till then they can still end the answer.
      await behind;
      if (late === undefined && unread > 0) follow();
      await behind;
      if (late !== undefined) throw late;
      await rereadWhole();
      return rest;
    },
  };
}
