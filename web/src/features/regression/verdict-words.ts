import { percent, plural, points } from '../../ui/numbers.ts';

export type Verdict = 'HIT' | 'NO_HIT' | 'NOT_COMPARABLE' | 'CANNOT_BE_TESTED';

export const VERDICTS: Readonly<Record<Verdict, string>> = {
  HIT: 'hit',
  NO_HIT: 'no hit',
  NOT_COMPARABLE: 'could not be compared',
  CANNOT_BE_TESTED: 'could not be tested',
};

export const ACTIONS = {
  REOPENED: 'Reopened',
  LINKED: 'Added to',
  LINKED_BEFORE_END: 'Not reopened, as the run began before it ended, but added to',
  DRAFTED: 'Drafted',
} as const;

/** How many hits there are among what was looked at, and of how many that is all or the newest. */
export function foundWords(outcomes: readonly { verdict: Verdict }[], matching: number): string {
  if (matching === 0) return 'Nothing recorded is what it is about.';
  const hits = plural(outcomes.filter(({ verdict }) => verdict === 'HIT').length, 'hit');
  return outcomes.length < matching
    ? `${hits} among the ${outcomes.length} newest of ${plural(matching, 'measurement')}`
    : `${hits} among ${plural(matching, 'measurement')}`;
}

interface Judged {
  verdict: Verdict;
  lowerBound?: number | null;
  difference?: number | null;
  correctedPValue?: number | null;
  testedTogether?: number | null;
  reasons: readonly string[];
}

const p = (value: number): string => (value < 0.001 ? '< 0.001' : value.toPrecision(2));

/** Why a rule says what it says of a measurement, in one line. */
export function whyWords(judged: Judged): string {
  if (judged.verdict === 'NOT_COMPARABLE' || judged.verdict === 'CANNOT_BE_TESTED')
    return `${VERDICTS[judged.verdict]}, because ${judged.reasons.join('; ') || 'of what you may not see'}`;
  if (judged.difference !== null && judged.difference !== undefined) {
    const together = (judged.testedTogether ?? 1) > 1 ? `, corrected over ${judged.testedTogether}` : '';
    return `${points(judged.difference)} percentage points against the baseline, p ${p(judged.correctedPValue ?? 1)}${together}`;
  }
  return judged.lowerBound === null || judged.lowerBound === undefined
    ? 'no interval'
    : `the interval begins at ${percent(judged.lowerBound)}`;
}
