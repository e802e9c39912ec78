/** Counts what was found on the page in a tab, on the extension's button, where no page can touch it. The browser clears it when the tab goes elsewhere. */
export async function count(tab: number | undefined, found = 1): Promise<void> {
  if (tab === undefined || found === 0) return;
  try {
    const before = Number(await chrome.action.getBadgeText({ tabId: tab })) || 0;
    await chrome.action.setBadgeBackgroundColor({ tabId: tab, color: '#ad231b' });
    await chrome.action.setBadgeText({ tabId: tab, text: String(before + found) });
  } catch {
    // The tab is gone.
  }
}
