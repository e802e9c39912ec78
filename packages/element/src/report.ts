import { PortcullisReport } from './portcullis-report.ts';

if (!customElements.get('portcullis-report')) customElements.define('portcullis-report', PortcullisReport);

export { PortcullisReport };
