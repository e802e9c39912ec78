import { errorData, errorFrom, type PolicyInput } from '@portcullis/core';
import { excerptsOf } from '@portcullis/element/excerpts';
import { type PageFinding, readReport, writeReport } from '../shared/report.ts';
import { count } from './badge.ts';
import type { Engine } from './engine.ts';
import { pageTexts } from './page-texts.ts';
import { passagesOf } from './passages.ts';

/** Reads the page in a tab for orders to a model, in view and out of it, and reports. Nothing is thrown: a failure is the report. */
export async function checkPage(tab: number, engine: Engine, policyNow: () => Promise<PolicyInput>): Promise<void> {
  if ((await readReport(tab))?.state === 'checking') return;
  try {
    await writeReport(tab, { state: 'checking', done: 0, of: 0 });
    const frames = await chrome.scripting.executeScript({ target: { tabId: tab, allFrames: true }, func: pageTexts });
    const { passages, leftOut } = passagesOf(frames.flatMap(({ result }) => result ?? []));
    const policy = await policyNow();
    const findings: PageFinding[] = [];
    for (const [index, { text, hidden }] of passages.entries()) {
      await writeReport(tab, { state: 'checking', done: index, of: passages.length });
      const answer = await engine.ask({ to: 'engine', type: 'scan', text, source: 'page', role: 'document', policy });
      if (!answer.ok) throw errorFrom(answer.error);
      const { verdict } = answer;
      if (verdict.decision === 'allow') continue;
      findings.push({ decision: verdict.decision, reason: verdict.reason, ...(hidden !== undefined && { hidden }), excerpts: excerptsOf(verdict, text) });
    }
    await writeReport(tab, { state: 'done', findings, passages: passages.length, leftOut });
    await count(tab, findings.length);
  } catch (error) {
    await writeReport(tab, { state: 'failed', error: errorData(error, 'worker-crashed') });
  }
}
