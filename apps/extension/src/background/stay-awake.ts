/** Well within the half minute that Firefox gives an event page, and the engine's own start. */
const EVERY_MS = 5_000;

let under = 0;
let calling: ReturnType<typeof setInterval> | undefined;

/** Firefox counts half a minute from the last call of one of its interfaces; neither what comes over a port nor a message's open answer is one. */
const call = (): void => void chrome.runtime.getPlatformInfo();

/** Has Firefox leave the event page alone for as long as this work takes. Without any, it ends as it would. */
export async function awake<T>(work: Promise<T>): Promise<T> {
  call();
  under += 1;
  calling ??= setInterval(call, EVERY_MS);
  try {
    return await work;
  } finally {
    under -= 1;
    if (under === 0) {
      clearInterval(calling);
      calling = undefined;
    }
  }
}
