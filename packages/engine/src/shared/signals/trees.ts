import { logitHead } from './logit-head.ts';

/** Boosted trees on the embedding (PromptForest), calibrated on held-out rows. */
export const loadTrees = logitHead('trees', 'Lies where the boosted trees find attacks');
