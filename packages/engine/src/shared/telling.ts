import { type Finding, type SignalFinding, strongestFirst, type Thresholds } from '@portcullis/core';

const isLearned = (finding: Finding): finding is SignalFinding => 'signal' in finding && finding.signal !== 'anomaly';

/**
 * The findings worth telling, strongest first. The learned heads are heard where the joined score warns: those that would warn
 * alone; and where nothing else explains the verdict, the surer one.
 */
export function telling(findings: readonly Finding[], score: number, { warn }: Thresholds): Finding[] {
  const sorted = strongestFirst(findings);
  const surest = sorted.find(isLearned);
  const explained = sorted.some((finding) => 'rule' in finding);
  const told = (finding: SignalFinding): boolean => score >= warn && (finding.score >= warn || (finding === surest && !explained));
  return sorted.filter((finding) => !isLearned(finding) || told(finding));
}
