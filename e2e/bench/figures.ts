import type { Race, RivalSpec, Start } from './contenders.ts';

/** One page's figures. */
export interface Measured {
  readonly isolated: boolean;
  readonly race: Race;
  readonly starts: readonly Start[];
}

/** A ratio of two medians beside its goal. */
export interface Ratio {
  readonly name: string;
  readonly value: number;
  readonly goal: number;
  /** Whether the goal is the most or the least that it may be. */
  readonly bound: 'most' | 'least';
}

export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.round((values.length - 1) * share)] ?? Number.NaN;
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** @param goals Of the rivals, by name: how many times faster the guard is to be. */
export function ratiosOf({ race: { times }, starts }: Measured, rivals: readonly RivalSpec[], goals: Readonly<Record<string, number>>): Ratio[] {
  const [scan, encoder] = [median(times['scan'] ?? []), median(times['encoder'] ?? [])];
  const [load, create] = [median(starts.map(({ loadMs }) => loadMs)), median(starts.map(({ createMs }) => createMs))];
  return [
    { name: 'whole scan ÷ the encoder alone', value: scan / encoder, goal: 1.15, bound: 'most' },
    ...rivals.map(
      ({ name }): Ratio => ({ name: `${name} ÷ whole scan`, value: median(times[name] ?? []) / scan, goal: goals[name] ?? Number.NaN, bound: 'least' }),
    ),
    { name: 'ready on a second visit ÷ creating the sessions', value: load / create, goal: 1.3, bound: 'most' },
  ];
}

export const isMet = ({ value, goal, bound }: Ratio): boolean => (bound === 'most' ? value <= goal : value >= goal);
