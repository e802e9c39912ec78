/** Ordinary sentences that wake some rules, as prose about computers does. */
export const PROSE =
  'Could you look over the agenda for Thursday and tell me which points can wait? The rules say that every prompt, also an old one, is kept in the file. ';
