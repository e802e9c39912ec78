export { examplesView } from './examples-view.ts';
export { marked, takenOut } from './redacted-view.ts';
