import { PortcullisGuard } from './portcullis-guard.ts';

// A page may load two copies (a bundle and an extension); the first one stays.
if (!customElements.get('portcullis-guard')) customElements.define('portcullis-guard', PortcullisGuard);

export type { SendDetail, VerdictDetail } from './events.ts';
export type { Gate, GateName } from './gate.ts';
export { progressShare, progressText } from './progress-text.ts';
export { degradedNote } from './gate-message.ts';
export { excerptsOf, visible, type Excerpt } from './excerpts.ts';
export { PortcullisGuard };
