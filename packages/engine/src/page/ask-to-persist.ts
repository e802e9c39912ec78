let asked = false;

/**
 * Asks the browser, once a page, not to clear the stored models by itself when the device runs short of space. Pages can ask this, workers
 * can't. Nobody waits for the answer: Firefox asks the person, and a refusal costs a download some day, no more.
 */
export async function askToPersist(): Promise<void> {
  if (asked) return;
  asked = true;
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  } catch {
    // No such question here (old browsers, plain http).
  }
}
