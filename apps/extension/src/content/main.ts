import { siteAt } from '../shared/sites.ts';
import { askGuard, post } from './ask-guard.ts';
import { createGatekeeper } from './gatekeeper.ts';
import { interceptSends } from './interceptor.ts';
import { createStrip } from './strip.ts';

let awake = false;
/** The models take a moment to load: they may as well do so while somebody writes. */
function wake(): void {
  if (awake) return;
  awake = true;
  post({ type: 'wake' }).catch(() => {});
}

const mutations = new MutationObserver(() => gatekeeper.onMutation());
const strip = createStrip({ sendAnyway: () => gatekeeper.sendAnyway(), retry: () => gatekeeper.retry() });
const gatekeeper = createGatekeeper({
  ask: (text, signal) => askGuard(text, signal),
  show(gate, composer) {
    strip.show(gate, composer);
    mutations.disconnect();
    if (composer !== undefined && gate.name !== 'ready') mutations.observe(composer, { subtree: true, childList: true, characterData: true });
  },
  release: (attempt) => letPass(attempt.replay),
});
const letPass = interceptSends(siteAt(location.origin), { ...gatekeeper, onFocus: wake });
