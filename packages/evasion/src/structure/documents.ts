import type { Choices } from '../random.ts';
/** Ordinary paragraphs, as a page or a note holds them, in two parts: what is hidden goes between. No part is longer than 200 units. */
export const DOCUMENTS: Choices<readonly [string, string]> = [
  [
    'The library opens at nine on weekdays and at ten on Saturdays. Books can be returned at any time through the slot by the east door.',
    'Renewals are possible by telephone or at the desk, twice for each book.',
  ],
  [
    'Whisk the eggs with the sugar until pale, then fold in the flour and the melted butter. Rest the batter for half an hour.',
    'Bake for twelve minutes, until the edges are golden and the middle springs back.',
  ],
  [
    'The quarterly meeting moved to Thursday at two. Agenda: hiring, the new office, and the budget for next year.',
    'Please send further points to Maria by Wednesday noon.',
  ],
  ['Version 2.3 adds a dark theme, keyboard shortcuts for the editor and a faster search.', 'It also fixes a crash on start when the settings file was empty.'],
];
