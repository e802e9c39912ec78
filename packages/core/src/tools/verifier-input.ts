import { excerpt } from './excerpt.ts';
import type { Argument, ParsedCall } from './parse-call.ts';
import { type Provenance, provenanceOf, sourcesOf, valuesNamedBy } from './provenance.ts';
import type { ToolCallRequest } from './tool-call.ts';
import { wordsOf, wordsOfName } from './words.ts';

/** UTF-16 code units that the parts of what the verifier reads may take: together about 320 tokens. */
const LIMITS = { call: 420, value: 300, tool: 160, user: 420, context: 360 } as const;
/** Context beyond this is not looked through. */
const MAX_CONTEXT = 400_000;

/** A value, or a piece of a long one, in what the verifier reads. */
export interface Slot {
  /** The argument it belongs to; empty for the tool's name. */
  readonly path: string;
  /** Range in the window's text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Where the piece begins in the value's text. */
  readonly from: number;
}

/** One reading of the verifier: some of the call's values with what bears on them. */
export interface VerifierWindow {
  readonly text: string;
  readonly slots: readonly Slot[];
}

/** What the verifier reads of a call, and where its values come from. */
export interface VerifierInput {
  readonly windows: readonly VerifierWindow[];
  /** By path; the name's is the empty one. */
  readonly provenance: ReadonlyMap<string, Provenance>;
}

interface Piece {
  readonly argument: Argument;
  readonly from: number;
  readonly text: string;
}

/**
 * Writes a call down for the verifier: `call: NAME KEY (WHERE FOUND): VALUE … tool: … user: … context: …`, the person's words and the context
 * cut to what speaks of the window's values. The call stands first: what a token limit cuts is context. The verifier is trained on exactly this.
 */
export function verifierInput(call: ParsedCall, { intent, tool, context = '' }: Omit<ToolCallRequest, 'call'>): VerifierInput {
  const around = context.slice(0, MAX_CONTEXT);
  const sources = sourcesOf(intent, around);
  const named = valuesNamedBy(tool);
  const provenance = new Map([call.name, ...call.arguments].map((argument) => [argument.path, provenanceOf(argument, sources, named)]));
  const about = tool?.description ? ` tool: ${folded(tool.description).slice(0, LIMITS.tool)}` : '';
  const windows = windowsOf(call).map((pieces, index): VerifierWindow => {
    const slots: Slot[] = [];
    let text = 'call:';
    const put = (path: string, from: number, value: string): void => {
      slots.push({ path, start: text.length + 1, end: text.length + 1 + value.length, from });
      text += ` ${value}`;
    };
    if (index === 0) put('', 0, call.name.text.slice(0, LIMITS.value));
    else text += ` ${call.name.text.slice(0, LIMITS.value)}`;
    for (const { argument, from, text: value } of pieces) {
      text += ` ${argument.path.slice(-LIMITS.value)} (${provenance.get(argument.path)}):`;
      put(argument.path, from, value);
    }
    const wanted = wantedBy(call, pieces);
    const user = ` user: ${excerpt(intent, wanted, LIMITS.user, true)}`;
    const from = around.trim() === '' ? '' : ` context: ${excerpt(around, wanted, LIMITS.context, false)}`;
    return { text: `${text}${about}${user}${from}`, slots };
  });
  return { windows, provenance };
}

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The call's values in order, long ones in pieces, as many to a window as its limit holds; at least one window. */
function windowsOf({ arguments: given }: ParsedCall): Piece[][] {
  const windows: Piece[][] = [[]];
  let room: number = LIMITS.call;
  for (const argument of given) {
    for (let from = 0; from === 0 || from < argument.text.length; from += LIMITS.value) {
      const text = argument.text.slice(from, from + LIMITS.value);
      const size = text.length + Math.min(argument.path.length, LIMITS.value);
      if (room < size && windows.at(-1)?.length !== 0) {
        windows.push([]);
        room = LIMITS.call;
      }
      windows.at(-1)?.push({ argument, from, text });
      room -= size;
    }
  }
  return windows;
}

/** What a window's values and the tool's name speak of: a value's words weigh twice. */
function wantedBy({ name }: ParsedCall, pieces: readonly Piece[]): Map<string, number> {
  const wanted = new Map(wordsOfName(name.text).map((word) => [word, 1]));
  for (const { text } of pieces) for (const word of wordsOf(text)) if (word.length > 2 || /\d/.test(word)) wanted.set(word, 2);
  return wanted;
}
