const ID = 'composers';

let tail: Promise<void> = Promise.resolve();

/** Puts the content script where the person has granted the site, and nowhere else. The grants themselves are the list of sites. */
export function syncSiteScripts(): Promise<void> {
  tail = tail.then(sync, sync);
  return tail;
}

async function sync(): Promise<void> {
  const { origins = [] } = await chrome.permissions.getAll();
  if ((await chrome.scripting.getRegisteredContentScripts({ ids: [ID] })).length > 0) await chrome.scripting.unregisterContentScripts({ ids: [ID] });
  if (origins.length === 0) return;
  await chrome.scripting.registerContentScripts([
    { id: ID, matches: origins, js: ['content.js'], runAt: 'document_start', allFrames: true, matchOriginAsFallback: true, persistAcrossSessions: true },
  ]);
}
