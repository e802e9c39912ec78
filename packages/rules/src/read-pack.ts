import * as v from 'valibot';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
// By path and not by package name: Vite bundles the files that a config reaches by path, but leaves packages to Node, which reads no TypeScript.
import { compileRules, PortcullisError, type RulePack, rankOf, rulePackSchema, type ShippedRulePack } from '../../core/src/index.ts';
import { openPatterns } from './open-patterns.ts';
import { type Complain, withWords } from './words.ts';

type Keys = readonly (string | number)[];

/**
 * Reads one rule pack: YAML, then the schema, then every regular expression. Its words stand in its patterns afterwards.
 * @param source The YAML text.
 * @param name Where it came from, as the errors should call it, e.g. `packs/jailbreak.yaml`.
 * @throws {PortcullisError} `rule-invalid`; a line `name:LINE: rules[3].severity: …` for everything that the schema finds wrong.
 */
export function readPack(source: string, name: string): RulePack {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken) throw new PortcullisError('rule-invalid', `${name}:${lines.linePos(broken.pos[0]).line}: yaml: ${broken.message}`);

  const place = (keys: Keys, message: string): string => `${name}:${lineOf(document, lines, keys)}: ${pathOf(keys)}${message}`;
  const parsed = v.safeParse(
    rulePackSchema,
    plainOf(document, (message) => place([], message)),
  );
  if (!parsed.success) {
    const complaints = parsed.issues.map((issue) =>
      place(
        (issue.path ?? []).map((item) => item.key as string | number),
        issue.message,
      ),
    );
    throw new PortcullisError('rule-invalid', complaints.join('\n'));
  }
  const fail: Complain = (keys, message) => {
    throw new PortcullisError('rule-invalid', place(keys, message));
  };
  const pack = withWords(parsed.output, fail);
  compileEach(pack, fail);
  return pack;
}

/** The pack as it ships: the examples stay behind. */
export function withoutExamples({ words: _words, ...pack }: RulePack): ShippedRulePack {
  return { ...pack, rules: pack.rules.map(({ positive: _positive, negative: _negative, ...rule }) => rule) };
}

/** What of a pack reads answers while they stream: its rules for the assistant's texts, each with what its matches begin with. */
export function forAnswers(pack: RulePack): ShippedRulePack {
  const { rules, ...rest } = withoutExamples(pack);
  return { ...rest, rules: rules.filter(({ roles }) => roles.includes('assistant')).map((rule) => ({ ...rule, open: rule.patterns.flatMap(openPatterns) })) };
}

/** Texts that the pack's rules of high severity are to find: attacks by themselves. */
export const attacksIn = ({ rules }: RulePack): string[] => rules.flatMap(({ severity, positive }) => (rankOf(severity) < rankOf('high') ? [] : positive));

/** The document as plain values. Aliases that unfold to too much are an error of yaml's, which names no line. */
function plainOf(document: Document, place: (message: string) => string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    throw new PortcullisError('rule-invalid', place(`yaml: ${cause instanceof Error ? cause.message : String(cause)}`), { cause });
  }
}

/** Compiles pattern by pattern, then id by id, so that a failure has a place. */
function compileEach(pack: RulePack, fail: Complain): void {
  const seen = new Set<string>();
  pack.rules.forEach((rule, index) => {
    if (seen.has(rule.id)) fail(['rules', index, 'id'], `${rule.id}: the id is taken twice`);
    seen.add(rule.id);
    for (const field of ['patterns', 'also'] as const) {
      rule[field]?.forEach((pattern, at) => {
        try {
          compileRules([{ ...pack, rules: [{ ...rule, patterns: [pattern], also: [] }] }]);
        } catch (cause) {
          fail(['rules', index, field, at], cause instanceof Error ? cause.message : String(cause));
        }
      });
    }
  });
}

/** `['rules', 3, 'severity']` as `rules[3].severity: `. */
function pathOf(keys: Keys): string {
  const path = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return path === '' ? '' : `${path.replace(/^\./, '')}: `;
}

/** The line, from 1, of the node at `keys`, or of the nearest node above it where the key is missing. */
function lineOf(document: Document, lines: LineCounter, keys: Keys): number {
  for (let depth = keys.length; depth >= 0; depth -= 1) {
    const node = depth === 0 ? document.contents : document.getIn(keys.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
