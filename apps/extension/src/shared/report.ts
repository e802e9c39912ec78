import type { Excerpt } from '@portcullis/element/excerpts';
import type { Decision, ErrorData } from '@portcullis/guard';

/** Something on a page that orders a model about. */
export interface PageFinding {
  readonly decision: Exclude<Decision, 'allow'>;
  readonly reason: string;
  /** How it is kept from view; missing where it is in view. */
  readonly hidden?: string;
  readonly excerpts: readonly Excerpt[];
}

/** What became of a check of a page. */
export type PageReport =
  | { readonly state: 'checking'; readonly done: number; readonly of: number }
  | { readonly state: 'done'; readonly findings: readonly PageFinding[]; readonly passages: number; readonly leftOut: number }
  | { readonly state: 'failed'; readonly error: ErrorData };

const keyOf = (tab: number): string => `report:${tab}`;

/** The report on the page in a tab, until the browser ends. */
export async function readReport(tab: number): Promise<PageReport | undefined> {
  return (await chrome.storage.session.get(keyOf(tab)))[keyOf(tab)] as PageReport | undefined;
}

export const writeReport = (tab: number, report: PageReport): Promise<void> => chrome.storage.session.set({ [keyOf(tab)]: report });

export const eraseReport = (tab: number): Promise<void> => chrome.storage.session.remove(keyOf(tab));
