import { normalise } from '../../text/normalise.ts';
import { wordsOfName } from '../words.ts';
import { foldedName, plainName } from './folded-name.ts';
import { type McpServer, type McpTool, textsOf } from './mcp-tool.ts';

/** A tool by its server. */
export interface ToolName {
  readonly server: string;
  readonly tool: string;
}

interface Shadow extends ToolName {
  /** The other server's tool. */
  readonly of: ToolName;
  /** One sentence a person can read. */
  readonly title: string;
}

/** A tool that puts itself in the place of another server's tool, or says how that one is to be used. */
export type Shadowing =
  /** `same-name`: equal but for letter case and separators. `look-alike`: equal to the eye only. */
  | (Shadow & { readonly kind: 'same-name' | 'look-alike' })
  /** The sentence that names the other tool along with an order, and the text it stands in. */
  | (Shadow & { readonly kind: 'orders'; readonly path: string; readonly excerpt: string });

const SENTENCE_END = /(?<=[.!?])\s+|\n+/;
const NAME = /[\p{L}\p{N}_][\p{L}\p{N}_.:/-]*/gu;
const QUOTED = /[`'"“‘]([^`'"”’\n]{1,80})[`'"”’]/g;
const CALLED = /^(?:\(|[`'"”’]?\s(?:tool|function|command|method|api)s?\b)/i;
const ORDER =
  /\b(?:always|must|never|shall|should|do not|don['’]t|instead|before|after|first|when|whenever|(?:every|each) time|make sure|ensure|override|ignore|replaces?|redirect|add|set|include|send|forward|bcc|copy|pass|use|call|invoke|run|prefer|avoid)\b/i;

/**
 * Tools that shadow those of other servers. A server's tools are the app's own choice in the order given: of two that have one name the later one is told.
 * @throws {PortcullisError} `input-invalid` for a schema nested too deeply.
 */
export function shadowedTools(servers: readonly McpServer[]): Shadowing[] {
  const known = new Map<string, ToolName[]>();
  for (const { name: server, tools } of servers) {
    for (const { name } of tools) known.set(foldedName(name), [...(known.get(foldedName(name)) ?? []), { server, tool: name }]);
  }
  return servers.flatMap(({ name: server, tools }) => tools.flatMap((tool) => [...imitations(server, tool, known), ...orders(server, tool, known)]));
}

function imitations(server: string, { name: tool }: McpTool, known: ReadonlyMap<string, readonly ToolName[]>): Shadowing[] {
  const of = known.get(foldedName(tool))?.[0];
  if (of === undefined || of.server === server) return [];
  const same = plainName(of.tool) === plainName(tool);
  const title = same
    ? `${server} has a tool named as ${of.server} has one: ${tool}.`
    : `${tool} of ${server} looks like ${of.tool} of ${of.server}, and is another name.`;
  return [{ kind: same ? 'same-name' : 'look-alike', server, tool, of, title }];
}

function orders(server: string, tool: McpTool, known: ReadonlyMap<string, readonly ToolName[]>): Shadowing[] {
  const found = new Map<string, Shadowing>();
  for (const { path, text } of textsOf(tool)) {
    for (const sentence of normalise(text).text.split(SENTENCE_END)) {
      if (!ORDER.test(sentence)) continue;
      for (const name of namesIn(sentence)) {
        const others = known.get(foldedName(name)) ?? [];
        const [of] = others;
        // A server speaks of its own tools as it likes.
        if (of === undefined || others.some((other) => other.server === server)) continue;
        const title = `${tool.name} of ${server} says how ${of.tool} of ${of.server} is to be used.`;
        found.set(`${of.server} ${of.tool}`, { kind: 'orders', server, tool: tool.name, of, title, path, excerpt: sentence.trim() });
      }
    }
  }
  return [...found.values()];
}

/** What may be a tool's name in a sentence: names as code has them, and plain words in quotation marks or before "tool". */
function namesIn(sentence: string): string[] {
  const quoted = [...sentence.matchAll(QUOTED)].map(({ 1: name = '' }) => name);
  const named = [...sentence.matchAll(NAME)].flatMap(({ 0: token, index }) => {
    const name = token.replace(/[.:/-]+$/, '');
    const last = name.split(/[.:/]|__/).at(-1) ?? '';
    return wordsOfName(name).length > 1 || CALLED.test(sentence.slice(index + name.length)) ? [name, last] : [];
  });
  return [...quoted, ...named];
}
