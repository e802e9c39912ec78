/**
 * The promise, or a rejection with the signal's reason as soon as it fires; `onAbort` is told then.
 * @throws the signal's reason (a `DOMException` named `AbortError` unless the caller gave another), at once if it has fired already.
 */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined, onAbort: () => void = () => {}): Promise<T> {
  if (signal === undefined) return promise;
  let listener = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    listener = () => {
      reject(signal.reason);
      onAbort();
    };
    if (signal.aborted) listener();
    else signal.addEventListener('abort', listener, { once: true });
  });
  // The abort first: it wins where both have settled.
  return Promise.race([aborted, promise]).finally(() => signal.removeEventListener('abort', listener));
}
