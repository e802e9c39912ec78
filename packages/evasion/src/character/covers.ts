/** Harmless messages that a smuggled one travels in. None is longer than 80 units. */
export const COVERS = [
  'Have a lovely day!',
  'Could you help me plan dinner for tonight?',
  'Thanks for your help with the spreadsheet yesterday.',
  'What is a good name for a black cat?',
  'Please check this sentence for typos.',
] as const;
