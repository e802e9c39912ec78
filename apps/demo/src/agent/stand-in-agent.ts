import { PAGES } from './pages.ts';
import type { ToolName } from './tools.ts';

/** A call that the stand-in wants to make. */
export interface WantedCall {
  readonly name: ToolName;
  readonly input: Readonly<Record<string, string>>;
}

/** Shown beside it. */
export const STAND_IN_LABEL = 'Stand-in agent, no model: it does what you ask, and what the pages it reads tell it';

const MAIL = /\b(?:(?:e-?)?mail|send|forward)\s([^.@]{0,120}?)\s?\bto\s([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/i;
const NOTE = /\bnote\s(?:down\s|that\s)?(?!to\b)([^.]{1,200})/i;

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+/);
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];

/** The pages that a request names by their titles. */
export function pagesToRead(request: string): WantedCall[] {
  const named = PAGES.filter(({ title }) => request.toLowerCase().includes(title.toLowerCase()));
  return named.map(({ title }) => ({ name: 'read_page', input: { title } }));
}

/**
 * What the stand-in does with an order, whoever gives it: gullible on purpose, as models can be.
 * @param text a request, or a page.
 * @param page what was read, for what is to be noted or mailed of it.
 */
export function ordersIn(text: string, page: string, notes: readonly string[]): WantedCall[] {
  const { 1: what = '', 2: to } = MAIL.exec(text) ?? [];
  if (to !== undefined) {
    const ofNotes = /\bnotes\b/i.test(what);
    const input = { to, subject: ofNotes ? 'Notes' : 'Summary', body: ofNotes ? notes.join('\n') : (sentencesOf(page)[0] ?? '') };
    return [{ name: 'send_mail', input }];
  }
  const noted = NOTE.exec(text)?.[1];
  return noted === undefined ? [] : [{ name: 'add_note', input: { text: sentenceAbout(noted, page) } }];
}

/** The page's sentence that shares the most words with what was asked; the first where none does. */
export function sentenceAbout(asked: string, page: string): string {
  const wanted = wordsOf(asked).map((word) => word.slice(0, 4));
  const shared = (sentence: string): number => wordsOf(sentence).filter((word) => wanted.includes(word.slice(0, 4))).length;
  return sentencesOf(page).reduce((best, sentence) => (shared(sentence) > shared(best) ? sentence : best));
}
