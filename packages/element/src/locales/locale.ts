import type { Backend, Decision, ErrorCode, Severity } from '@portcullis/guard';
import type { HiddenCharacterKind } from '@portcullis/guard/hidden';
import type { GateWords } from '../words.ts';

/** All that the elements say in one language. The verdict's own words, reason and titles, are English everywhere. */
export interface Locale {
  readonly gate: GateWords;
  /** What a person can do about an error, in a sentence or two. */
  readonly advice: Readonly<Record<ErrorCode, string>>;
  readonly found: string;
  readonly disguise: (how: string) => string;
  readonly incomplete: {
    readonly without: (signals: string) => string;
    readonly saw: (percent: number) => string;
    readonly says: (how: string, why: string) => string;
  };
  readonly sendAnyway: string;
  readonly whySend: string;
  readonly hidden: {
    readonly count: (count: number) => string;
    readonly kinds: Readonly<Record<HiddenCharacterKind, string>>;
    readonly say: string;
    readonly remove: string;
  };
  readonly badge: {
    readonly loading: string;
    readonly ready: string;
    readonly asleep: string;
    readonly degraded: string;
    readonly failed: string;
    readonly none: string;
    readonly backends: Readonly<Record<Backend, string>>;
  };
  readonly report: {
    readonly title: string;
    readonly empty: string;
    readonly decisions: Readonly<Record<Decision, string>>;
    readonly severities: Readonly<Record<Severity, string>>;
    readonly score: string;
    readonly confidence: string;
    readonly mark: string;
    readonly marking: string;
    readonly marked: string;
    readonly unmarked: string;
    readonly failed: string;
    readonly alert: string;
    readonly copy: string;
    readonly copied: string;
    readonly notCopied: string;
    readonly overridden: string;
  };
}
