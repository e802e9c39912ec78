import type { CheckPageMessage } from '../shared/messages.ts';
import { type PageFinding, type PageReport, readReport } from '../shared/report.ts';
import { element, made } from './element.ts';

function headline(report: PageReport): string {
  switch (report.state) {
    case 'checking':
      return report.of === 0 ? 'Reading the page …' : `Checking passage ${report.done + 1} of ${report.of} …`;
    case 'failed':
      return `The page could not be checked: ${report.error.message}`;
    case 'done': {
      const { findings, passages, leftOut } = report;
      const found = findings.length === 0 ? 'Nothing was found' : `${findings.length} found`;
      const left = leftOut === 0 ? '' : ` ${leftOut.toLocaleString()} characters were left out.`;
      return `${found} in ${passages} ${passages === 1 ? 'passage' : 'passages'}.${left}`;
    }
  }
}

function row({ reason, hidden, excerpts }: PageFinding): HTMLElement {
  const item = made('li', '');
  const titles = excerpts.flatMap(({ found }) => found.map(({ title }) => `${title}.`)).join(' ');
  item.append(
    made('div', hidden === undefined ? 'In view' : `Hidden: ${hidden}`),
    ...excerpts.map(({ quote }) => made('q', quote)),
    made('p', titles === '' ? reason : titles),
  );
  return item;
}

async function showReport(tab: number): Promise<void> {
  const report = await readReport(tab);
  element('report-state', 'p').textContent = report === undefined ? '' : headline(report);
  element('report', 'ol').replaceChildren(...(report?.state === 'done' ? report.findings.map(row) : []));
  element('check', 'button').disabled = report?.state === 'checking';
}

/** The check of the page in a tab, on demand. */
export async function offerCheck(tab: number): Promise<void> {
  element('check', 'button').addEventListener('click', () => void chrome.runtime.sendMessage({ type: 'check-page', tab } satisfies CheckPageMessage));
  chrome.storage.session.onChanged.addListener(() => void showReport(tab));
  await showReport(tab);
}
