/** The same values in objects that nobody can change any more. */
export function frozen<T>(value: T): T {
  const freeze = (part: unknown): void => {
    if (typeof part === 'object' && part !== null) for (const inner of Object.values(Object.freeze(part))) freeze(inner);
  };
  const copy = structuredClone(value);
  freeze(copy);
  return copy;
}
