import type { Transform } from './transform.ts';

/**
 * One transform after another, the first given applied first. It belongs to the last one's family, is readable if all are,
 * and its bound is that of its parts, put into each other.
 */
export function compose(first: Transform, ...rest: readonly Transform[]): Transform {
  return rest.reduce(
    (inner, outer) => ({
      name: `${inner.name}+${outer.name}`,
      family: outer.family,
      readable: inner.readable && outer.readable,
      reference: `${inner.reference}; ${outer.reference}`,
      growth: { times: inner.growth.times * outer.growth.times, plus: inner.growth.plus * outer.growth.times + outer.growth.plus },
      apply: (text, random) => outer.apply(inner.apply(text, random), random),
    }),
    first,
  );
}
