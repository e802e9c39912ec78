/** Seeded, so that two runs read alike (Park and Miller's generator). Gives numbers in [0, 1). */
export function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
