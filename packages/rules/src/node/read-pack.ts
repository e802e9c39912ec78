import { basename } from 'node:path';
import * as v from 'valibot';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
// By path and not by package name: Vite bundles the files that a config reaches by path, but leaves packages to Node, which reads no TypeScript.
import { compileRules, PortcullisError, type RulePack, rulePackSchema, type ShippedRulePack } from '../../../core/src/index.ts';

/**
 * Reads one rule pack: YAML, then the schema, then every regular expression.
 * @param source The YAML text.
 * @param path Where it came from; its last part stands in the errors.
 * @throws {PortcullisError} `rule-invalid`, as `file.yaml:LINE: path: message`.
 */
export function readPack(source: string, path: string): RulePack {
  const file = basename(path);
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken) throw new PortcullisError('rule-invalid', `${file}:${lines.linePos(broken.pos[0]).line}: yaml: ${broken.message}`);

  const parsed = v.safeParse(rulePackSchema, document.toJS());
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const keys = (issue.path ?? []).map((item) => item.key as string | number);
    throw new PortcullisError('rule-invalid', `${file}:${lineOf(document, lines, keys)}: ${keys.join('.')}: ${issue.message}`);
  }
  compileEach(parsed.output, (keys, message) => {
    throw new PortcullisError('rule-invalid', `${file}:${lineOf(document, lines, keys)}: ${keys.join('.')}: ${message}`);
  });
  return parsed.output;
}

/** The pack as it ships: the examples stay behind. */
export function withoutExamples(pack: RulePack): ShippedRulePack {
  return { ...pack, rules: pack.rules.map(({ positive: _positive, negative: _negative, ...rule }) => rule) };
}

/** Compiles rule by rule and pattern by pattern, so that a failure has a place. */
function compileEach(pack: RulePack, fail: (keys: readonly (string | number)[], message: string) => never): void {
  const attempt = (keys: readonly (string | number)[], rules: RulePack['rules']): void => {
    try {
      compileRules([{ ...pack, rules }]);
    } catch (cause) {
      fail(keys, cause instanceof Error ? cause.message : String(cause));
    }
  };
  pack.rules.forEach((rule, index) => {
    rule.patterns.forEach((pattern, at) => {
      attempt(['rules', index, 'patterns', at], [{ ...rule, patterns: [pattern] }]);
    });
    // With the rules before it: an id that is taken twice fails at the second.
    attempt(['rules', index, 'id'], pack.rules.slice(0, index + 1));
  });
}

/** The line, from 1, of the node at `keys`, or of the nearest node above it where the key is missing. */
function lineOf(document: Document, lines: LineCounter, keys: readonly (string | number)[]): number {
  for (let depth = keys.length; depth >= 0; depth -= 1) {
    const node = depth === 0 ? document.contents : document.getIn(keys.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
