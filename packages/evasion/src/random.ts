import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';

/** A list to choose from: one item at least. */
export type Choices<T> = readonly [T, ...T[]];

/** A source of choices. Each call moves it on; two of one seed make the same choices. */
export interface Random {
  /** A whole number in `[0, below)`; `below` is at least 1. */
  int(below: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the items. */
  pick<T>(items: Choices<T>): T;
  /** The items in another order; the list itself is left alone. */
  shuffle<T>(items: readonly T[]): T[];
}

/** Steps between 0 and 1 that `chance` tells apart. */
const STEPS = 2 ** 24;

/** The choices of a seed (Mersenne Twister); of the seed, 32 bits count. */
export function randomOf(seed: number): Random {
  const generator = mersenne(seed);
  const int = (below: number): number => uniformInt(generator, 0, below - 1);
  return {
    int,
    chance: (probability) => int(STEPS) < probability * STEPS,
    pick: (items) => items[int(items.length)] ?? items[0],
    shuffle: <T>(items: readonly T[]) => {
      const shuffled = [...items];
      // Fisher–Yates
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = int(last + 1);
        const kept = shuffled[last] as T;
        shuffled[last] = shuffled[other] as T;
        shuffled[other] = kept;
      }
      return shuffled;
    },
  };
}
