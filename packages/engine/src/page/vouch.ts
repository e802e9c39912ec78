import type { JudgedText } from '../shared/protocol.ts';

// What is needed here is taken when this module is loaded: a script of the page that overwrites it later changes nothing.
const { freeze, hasOwn, keys } = Object;
const { get, set } = WeakMap.prototype;
const dataOf: (event: MessageEvent) => unknown = Function.prototype.call.bind(
  Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')?.get as () => unknown,
);

/** What was asked of a worker: an answer to anything else is no answer. */
export type Asked = Omit<JudgedText, 'verdict'>;

/** Verdicts by the text that they were given on. Its methods are its own: the prototype's can be overwritten. */
const texts = Object.assign(new WeakMap<object, string>(), { get, set });

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What stands on the object itself: a prototype may have been given anything. */
const own = (object: unknown, name: string): unknown => (isObject(object) && hasOwn(object, name) ? object[name] : undefined);

/** Whether two plain values hold the same. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other)) return false;
  const names = keys(one);
  if (names.length !== keys(other).length) return false;
  // By their place: iterators can be overwritten, too.
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string;
    if (!isSame(own(one, name), own(other, name))) return false;
  }
  return true;
}

/** Says that this very object is the verdict on this very text, and keeps it as it is. */
export function vouchFor<T extends object>(verdict: T, text: string): T {
  texts.set(freeze(verdict), text);
  return verdict;
}

/**
 * Vouches for the verdict in a worker's answer to what was asked, as the worker has posted it and before any function that a page could have overwritten
 * has touched it. An event that a script has dispatched is none of the worker's.
 */
export function vouchForAnswer(event: MessageEvent, asked: Asked | undefined): void {
  if (!event.isTrusted || asked === undefined) return;
  const judged = own(own(dataOf(event), 'value'), 'judged');
  const verdict = own(judged, 'verdict');
  if (isObject(verdict) && own(judged, 'text') === asked.text && isSame(own(judged, 'under'), asked.under)) vouchFor(verdict, asked.text);
}

/** What was made of a verdict counts as much as that did. */
export function vouchLike<T extends object>(made: T, verdict: object): T {
  const text = texts.get(verdict);
  return text === undefined ? made : vouchFor(made, text);
}

/** True for the worker's own verdict on this very text, and what a guard has made of it; false for what a script of the page has put in its place. */
export const isVouchedFor = (text: string, verdict: object): boolean => texts.get(verdict) === text;
