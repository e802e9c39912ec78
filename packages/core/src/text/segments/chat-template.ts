import { type Segment, type SegmentKind, trimmed } from './segment.ts';

const ROLE = 'system|user|human|assistant|ai|model|bot|tool|function|context|document|instructions?|developer';
// One alternative a template: ChatML and Llama 3 · special tokens of Phi and others · Llama 2 · TUP's tags · Alpaca's headings · turns by name.
const MARKER = new RegExp(
  [
    `<\\|im_start\\|> ?(?<chatml>${ROLE})?\\n?`,
    `<\\|start_header_id\\|> ?(?<llama>${ROLE}) ?<\\|end_header_id\\|>`,
    `<\\|(?<special>${ROLE})\\|>`,
    '<\\|(?<end>im_end|eot_id|end|endoftext|end_of_turn|begin_of_text)\\|>|</?s>',
    `<start_of_turn>(?<gemma>${ROLE})`,
    '(?<endgemma><end_of_turn>)',
    '(?<inst>\\[INST\\])|(?<endinst>\\[/INST\\])|(?<sys><<SYS>>)|(?<endsys><</SYS>>)',
    `\\[(?<slash>/)?(?<bracket>${ROLE})\\]`,
    `<(?<slashtag>/)?(?<tag>system|user|assistant|context|document|instructions)>`,
    `(?<=^|\\n)#{2,4} ?(?<heading>${ROLE})(?: message| prompt)? ?:`,
    `(?<=^|\\n)(?<turn>system|user|human|assistant|ai|bot) ?:`,
  ].join('|'),
  'gi',
);
const KINDS = new Map<string, SegmentKind>([
  ['system', 'system'],
  ['developer', 'system'],
  ['instruction', 'system'],
  ['instructions', 'system'],
  ['user', 'user'],
  ['human', 'user'],
  ['assistant', 'assistant'],
  ['ai', 'assistant'],
  ['model', 'assistant'],
  ['bot', 'assistant'],
  ['tool', 'tool'],
  ['function', 'tool'],
  ['context', 'context'],
  ['document', 'context'],
]);

/** The turns of a text that is written in a chat template, real or forged; empty if there is no marker of one. */
export function chatTurns(text: string): Segment[] {
  const segments: Segment[] = [];
  let kind: SegmentKind = 'text';
  let from = 0;
  for (const match of text.matchAll(MARKER)) {
    segments.push(...trimmed(text, kind, from, match.index));
    kind = kindAfter(match.groups ?? {});
    from = match.index + match[0].length;
  }
  return from === 0 ? [] : [...segments, ...trimmed(text, kind, from, text.length)];
}

function kindAfter(groups: Partial<Record<string, string>>): SegmentKind {
  const closed = groups['end'] ?? groups['endgemma'] ?? groups['slash'] ?? groups['slashtag'];
  if (closed !== undefined) return 'text';
  if (groups['inst'] !== undefined || groups['endsys'] !== undefined) return 'user';
  if (groups['sys'] !== undefined) return 'system';
  if (groups['endinst'] !== undefined) return 'assistant';
  const role = ['chatml', 'llama', 'special', 'gemma', 'bracket', 'tag', 'heading', 'turn'].map((name) => groups[name]).find((name) => name !== undefined);
  return KINDS.get(role?.toLowerCase() ?? '') ?? 'text';
}
