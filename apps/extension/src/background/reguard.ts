/**
 * Puts the content script into the granted pages that are open. Firefox takes it out of them when the extension is updated or loaded anew,
 * and nothing would be held there until the next load.
 */
export async function reguard(): Promise<void> {
  const { origins = [] } = await chrome.permissions.getAll();
  if (origins.length === 0) return;
  const tabs = await chrome.tabs.query({ url: origins });
  const into = (tabId: number) => chrome.scripting.executeScript({ target: { tabId, allFrames: true }, files: ['content.js'], injectImmediately: true });
  // One that is being closed is no matter.
  await Promise.allSettled(tabs.flatMap(({ id }) => (id === undefined ? [] : [into(id)])));
}
