import { loadAnomaly } from './anomaly.ts';
import { loadClassifier } from './classifier.ts';
import { loadLexical } from './lexical.ts';
import { loadPattern } from './pattern.ts';
import type { SignalLoader } from './signal.ts';

/** Every voter, in the order that verdicts list them. */
export const SIGNALS: readonly SignalLoader[] = [loadClassifier, loadLexical, loadAnomaly, loadPattern];
