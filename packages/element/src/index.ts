import { PortcullisGuard } from './portcullis-guard.ts';

// A page may load two copies (a bundle and an extension); the first one stays.
if (!customElements.get('portcullis-guard')) customElements.define('portcullis-guard', PortcullisGuard);

export { degradedNote } from './degraded-note.ts';
export type { SendDetail, VerdictDetail } from './events.ts';
export { type Excerpt, excerptsOf, type Found, readingName, visible } from './excerpts.ts';
export type { Gate, GateName } from './gate.ts';
export { progressShare, progressText } from './progress-text.ts';
export { PortcullisGuard };
