import { type Finding, strongestFirst, type Thresholds } from '@portcullis/core';

const isLearned = (finding: Finding): boolean => 'signal' in finding && finding.signal !== 'anomaly';

/**
 * The findings worth telling, strongest first. The learned heads are heard where the joined score warns: those that would warn
 * alone; and where nothing else explains the verdict, the surer one.
 */
export function telling(findings: readonly Finding[], score: number, { warn }: Thresholds): Finding[] {
  const sorted = strongestFirst(findings);
  const sure = sorted.filter((finding) => isLearned(finding) && 'score' in finding && finding.score >= warn);
  const others = sorted.filter((finding) => !isLearned(finding));
  if (score < warn) return others;
  const explained = sure.length > 0 || others.some((finding) => 'rule' in finding);
  return strongestFirst([...(explained ? sure : sorted.filter(isLearned).slice(0, 1)), ...others]);
}
