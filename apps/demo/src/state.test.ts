import { expect, it } from 'vitest';
import { createStore } from './state.ts';

it('tells once of all changes in a turn, with the last state', async () => {
  const told: number[] = [];
  const store = createStore(0, (state) => told.push(state));
  store.update((state) => state + 1);
  store.update((state) => state + 1);
  expect(store.get()).toBe(2);
  expect(told).toEqual([]);
  await Promise.resolve();
  expect(told).toEqual([2]);
});

it('tells of a change that a listener makes', async () => {
  const told: number[] = [];
  const store = createStore(0, (state) => {
    told.push(state);
    if (state === 1) store.update(() => 2);
  });
  store.update(() => 1);
  await Promise.resolve();
  await Promise.resolve();
  expect(told).toEqual([1, 2]);
});
