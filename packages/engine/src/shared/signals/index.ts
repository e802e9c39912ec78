import { loadAnomaly } from './anomaly.ts';
import { loadClassifier } from './classifier.ts';
import { loadIntent } from './intent.ts';
import { loadLexical } from './lexical.ts';
import { loadPattern } from './pattern.ts';
import type { SignalLoader } from './signal.ts';
import { loadSimilarity } from './similarity.ts';
import { loadTrees } from './trees.ts';

/** Every voter, in the order that verdicts list them. */
export const SIGNALS: readonly SignalLoader[] = [loadClassifier, loadLexical, loadTrees, loadSimilarity, loadIntent, loadAnomaly, loadPattern];
