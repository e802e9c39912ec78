export * from '../chat/later-views.ts';
export { marksOf, panelView } from './panel-view.ts';
export { measureSpeed } from './speed.ts';
export { verdictJson } from './verdict-card.ts';
