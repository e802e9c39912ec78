import { logitHead } from './logit-head.ts';

/** Logistic head on the embedding, calibrated on held-out rows. */
export const loadClassifier = logitHead('classifier', 'Reads like an attack on the model’s instructions');
