import { type AST, RegExpParser } from '@eslint-community/regexpp';

const parser = new RegExpParser({ ecmaVersion: 2024 });

/** The end of the text: nothing more is known. */
const END = '$';

/**
 * What a match of a pattern may begin with, up to the end of a text: each of the patterns given matches where, and only where, a match of `pattern`
 * (of its group `value`, if it has one at the top) may have begun that more text could complete, change or undo.
 *
 * Every element is followed by the choice to go on or to be at the end: `ab` becomes `(?:$|a(?:$|b(?:$)))`, what PCRE calls a hard partial match. What
 * looks ahead may be undecided at the end, so it counts as either.
 * @throws {Error} for a back-reference: what it stands for is not known before the text is.
 */
export function openPatterns(pattern: string): string[] {
  return parser.parsePattern(pattern, undefined, undefined, { unicode: true }).alternatives.map(({ elements }) => {
    const at = elements.findIndex((element) => element.type === 'CapturingGroup' && element.name === 'value');
    // What only introduces a value need not wait for it.
    return at <= 0 ? open(elements) : `(?<=${raw(elements.slice(0, at))})${open(elements.slice(at))}`;
  });
}

type Elements = readonly AST.Element[];

/** Elements as they were, without captures. */
function raw(elements: Elements): string {
  return elements.map(whole).join('');
}

function whole(element: AST.Element): string {
  switch (element.type) {
    case 'CapturingGroup':
    case 'Group':
      return `(?:${element.alternatives.map(({ elements }) => raw(elements)).join('|')})`;
    case 'Quantifier':
      return `${whole(element.element)}${times(element.min, element.max)}${element.greedy ? '' : '?'}`;
    case 'Backreference':
      throw new Error(`${element.raw}: a pattern for the assistant's texts can have no back-reference`);
    default:
      return element.raw;
  }
}

const times = (min: number, max: number): string => `{${min},${max === Number.POSITIVE_INFINITY ? '' : max}}`;

/** A pattern that matches what elements in a row may begin with, up to the end. */
function open([first, ...rest]: Elements): string {
  if (first === undefined) return END;
  switch (first.type) {
    case 'CapturingGroup':
    case 'Group':
      return oneOf(begun(first), `${whole(first)}${open(rest)}`);
    case 'Quantifier': {
      if (first.max === 0) return open(rest);
      const repeated = first.max === Number.POSITIVE_INFINITY ? first.max : first.max - 1;
      return oneOf(`${whole(first.element)}${times(0, repeated)}${begun(first.element)}`, `${whole(first)}${open(rest)}`);
    }
    case 'Assertion':
      return openAssertion(first, rest);
    default:
      return oneOf(END, `${whole(first)}${open(rest)}`);
  }
}

/** A pattern that matches what one element may begin with, up to the end. */
function begun(element: AST.Element): string {
  if (element.type === 'CapturingGroup' || element.type === 'Group') return oneOf(...element.alternatives.map(({ elements }) => open(elements)));
  return element.type === 'Quantifier' ? open([element]) : END;
}

function openAssertion(assertion: AST.Assertion, rest: Elements): string {
  if (assertion.kind === 'word') return oneOf(END, `${assertion.raw}${open(rest)}`);
  if (assertion.kind !== 'lookahead') return `${assertion.raw}${open(rest)}`;
  const undecided = `(?=${oneOf(...assertion.alternatives.map(({ elements }) => open(elements)))})`;
  return oneOf(`${assertion.raw}${open(rest)}`, `${undecided}${oneOf(open(rest), raw(rest))}`);
}

const oneOf = (...patterns: readonly string[]): string => `(?:${patterns.join('|')})`;
