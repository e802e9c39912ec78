import { type Segment, type SegmentKind, trimmed } from './segment.ts';

const HEADER = /^(?:From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|Received|Message-ID|Return-Path|Content-Type|MIME-Version|X-[\w-]{1,40}): /i;
const FOLDED = /^[ \t]+\S/;
const QUOTED = /^>/;
const REPLY_INTRO = /^(?:On .{4,200} wrote:|-{2,} ?(?:Original|Forwarded) message ?-{2,}|_{10,})\s?$/i;
const SIGNATURE = /^-- ?$|^(?:Best|Kind|Warm)(?: regards| wishes)?,$|^(?:Regards|Sincerely|Cheers|Thanks|Thank you),$/i;

/** Header, body, quoted replies and signature of an e-mail; empty for a text that begins with fewer than two header lines. */
export function emailParts(text: string): Segment[] {
  const lines = [...text.matchAll(/[^\n]*\n?/g)].filter(({ 0: line }) => line !== '');
  const first = lines.findIndex(({ 0: line }) => line.trim() !== '');
  const headers = lines.slice(Math.max(0, first), Math.max(0, first) + 3).filter(({ 0: line }) => HEADER.test(line));
  if (headers.length < 2) return [];

  const segments: Segment[] = [];
  let kind: SegmentKind = 'email-header';
  let from = 0;
  const turn = (next: SegmentKind, at: number): void => {
    if (next === kind) return;
    segments.push(...trimmed(text, kind, from, at));
    [kind, from] = [next, at];
  };
  for (const { 0: line, index } of lines) {
    const bare = line.trimEnd();
    if (kind === 'email-header' && (bare === '' || HEADER.test(line) || FOLDED.test(line))) continue;
    if (QUOTED.test(line) || REPLY_INTRO.test(bare)) turn('email-quote', index);
    else if (SIGNATURE.test(bare)) turn('email-signature', index);
    else if (kind === 'email-header' || (kind === 'email-quote' && bare !== '')) turn('email-body', index);
  }
  return [...segments, ...trimmed(text, kind, from, text.length)];
}
