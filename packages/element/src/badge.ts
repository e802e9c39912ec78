import { PortcullisBadge } from './portcullis-badge.ts';

if (!customElements.get('portcullis-badge')) customElements.define('portcullis-badge', PortcullisBadge);

export type { BadgeState } from './portcullis-badge.ts';
export { PortcullisBadge };
