import { isObject, type Json } from './dialect.ts';
import type { RewriteTexts } from './guard-prompt.ts';

type Visit = Parameters<RewriteTexts<unknown>>[1];

/** The roles that the app itself, or the model, speaks in. */
const NOT_READ = ['system', 'developer', 'assistant'];

/** The texts of a request for an answer: `messages` of chat completions and of Anthropic's, `input` of Responses, `prompt` of completions. */
export const rewriteBody: RewriteTexts<Json> = (body, visit) => {
  for (const field of ['messages', 'input', 'prompt']) {
    const value = body[field];
    if (typeof value === 'string') return { ...body, [field]: visit([value], { role: 'user', now: true })[0] };
    if (!Array.isArray(value)) continue;
    if (field === 'prompt') return { ...body, [field]: visit(value.map(String), { role: 'user', now: true }) };
    return { ...body, [field]: rewriteItems(value, visit) };
  }
  return body;
};

function rewriteItems(items: readonly unknown[], visit: Visit): readonly unknown[] {
  const names = toolNames(items);
  const last = items.findLastIndex(isPersons);
  const before = items.slice(0, Math.max(last, 0)).findLastIndex((item) => !isPersons(item));
  return items.map((item, index) => {
    if (typeof item === 'string') return visit([item], { role: 'user', now: index > before })[0];
    if (!isObject(item) || NOT_READ.includes(String(item['role']))) return item;
    const source = `tool:${String(item['name'] ?? names.get(idOf(item)) ?? idOf(item))}`;
    if (item['role'] === 'tool' || item['role'] === 'function')
      return { ...item, content: rewriteTexts(item['content'], (texts) => visit(texts, { role: 'tool', source, now: false })) };
    if ('role' in item) return { ...item, content: rewriteContent(item['content'], index > before && index <= last, names, visit) };
    return 'output' in item ? { ...item, output: rewriteTexts(item['output'], (texts) => visit(texts, { role: 'tool', source, now: false })) } : item;
  });
}

/** Whether the person speaks in it: Anthropic's results of tools stand in messages of theirs, too. */
function isPersons(item: unknown): boolean {
  if (typeof item === 'string') return true;
  if (!isObject(item) || !('role' in item) || ['tool', 'function', ...NOT_READ].includes(String(item['role']))) return false;
  return !Array.isArray(item['content']) || item['content'].some((part) => isObject(part) && isText(part));
}

/** What the person said, with what they attached and what tools gave beside it. */
function rewriteContent(content: unknown, now: boolean, names: ReadonlyMap<string, string>, visit: Visit): unknown {
  const said = rewriteTexts(content, (texts) => visit(texts, { role: 'user', now }));
  if (!Array.isArray(said)) return said;
  return said.map((part) => {
    if (!isObject(part) || isText(part)) return part;
    const source = `tool:${names.get(idOf(part)) ?? idOf(part)}`;
    if (part['type'] === 'tool_result')
      return { ...part, content: rewriteTexts(part['content'], (texts) => visit(texts, { role: 'tool', source, now: false })) };
    return rewriteDocument(part, (texts) => visit(texts, { role: 'document', source: `file:${String(part['title'] ?? '')}`, now }));
  });
}

/** Anthropic's `document` and `search_result`, as far as they hold text. */
function rewriteDocument(part: Json, visit: (texts: readonly string[]) => readonly string[]): Json {
  const { source } = part;
  if (part['type'] === 'search_result') return { ...part, content: rewriteTexts(part['content'], visit) };
  if (part['type'] !== 'document' || !isObject(source)) return part;
  if (source['type'] === 'text') return { ...part, source: { ...source, data: rewriteTexts(source['data'], visit) } };
  return source['type'] === 'content' ? { ...part, source: { ...source, content: rewriteTexts(source['content'], visit) } } : part;
}

/** A string, or the texts among parts, read together. */
function rewriteTexts(content: unknown, visit: (texts: readonly string[]) => readonly string[]): unknown {
  if (typeof content === 'string') return visit([content])[0];
  if (!Array.isArray(content)) return content;
  const texts = content.flatMap((part) => (isObject(part) && isText(part) ? [part['text']] : []));
  const seen = texts.length === 0 ? [] : [...visit(texts)];
  return content.map((part: unknown) => (isObject(part) && isText(part) ? { ...part, text: seen.shift() ?? '' } : part));
}

const isText = (part: Json): part is Json & { readonly text: string } => typeof part['text'] === 'string';
const idOf = (item: Json): string => String(item['tool_call_id'] ?? item['tool_use_id'] ?? item['call_id'] ?? item['id'] ?? '');

/** The names of tools by the ids of their calls: of chat completions, of Anthropic's messages, of Responses. */
function toolNames(items: readonly unknown[]): ReadonlyMap<string, string> {
  const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
  const calls = listOf(items).flatMap((item) => [item, ...listOf(item['tool_calls']), ...listOf(item['content'])]);
  const named = calls.flatMap((call) => {
    const name = isObject(call['function']) ? call['function']['name'] : call['name'];
    return typeof name === 'string' ? [[String(call['call_id'] ?? call['id'] ?? ''), name] as const] : [];
  });
  return new Map(named);
}
