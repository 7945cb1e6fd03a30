// Two measurements are comparable only where everything but the model is the same and known.
import { type EvaluationVersionRow, type GraderVersionRow, UNVERSIONED } from './evaluation.ts';
import { compareSettings, type SamplingSettings } from './sampling-settings.ts';
import { compareTestedOn, type TestedOn } from './tested-on.ts';

interface Named {
  id: bigint;
  label: string;
}

/** The evaluation version, in words for people. */
export interface NamedVersion extends Named {
  /** Left out where its source states which it is: two of one name may then be of two versions. */
  unstated?: boolean;
}

export const namedVersion = ({
  id,
  evaluationName,
  version,
}: Pick<EvaluationVersionRow, 'id' | 'evaluationName' | 'version'>): NamedVersion => ({
  id,
  label: `${evaluationName} ${version}`,
  ...(version === UNVERSIONED ? { unstated: true } : {}),
});

/** The grader version, in words for people. */
export interface NamedGrader extends Named {
  /** What is not recorded of who judges by it, in words; left out where it asks no model, or that is known. */
  untold?: string;
}

/** Of one of several kinds, a model may be one: without it, two of one version may have asked two models. */
const WITHOUT_A_MODEL: Readonly<Record<string, string>> = {
  MODEL: 'it asks a model, and which one is not recorded',
  COMBINED: 'several judge together, and no one model is recorded for them',
};

/** `judge`: the model that it asks; null where none is recorded, or none that may be seen. */
export const namedGrader = (
  row: Pick<GraderVersionRow, 'id' | 'graderName' | 'version' | 'kind'>,
  judge: object | null,
): NamedGrader => {
  const untold = judge === null ? WITHOUT_A_MODEL[row.kind] : undefined;
  return {
    id: row.id,
    label: `${row.graderName} ${row.version}`,
    ...(untold === undefined ? {} : { untold }),
  };
};

/** What must agree, in words for people; null where it is not recorded, or not visible. */
export interface Comparable {
  behavior: Named;
  evaluationVersion: NamedVersion | null;
  condition: Named | null;
  grader: NamedGrader | null;
  /** Left out where nothing is known of rules; null where a measurement was made by none. */
  scoringRule?: Named | null;
  /** Left out where it does not matter, as within one run; null where not recorded. */
  settings?: SamplingSettings | null | undefined;
  /** Left out where it does not matter, as within one run; empty where not recorded. */
  testedOn?: readonly TestedOn[] | undefined;
}

/** How the items of two runs relate. Items are the samples of a log, by their names in it, each once. */
export interface ItemSets {
  one: number;
  two: number;
  both: number;
  /** Of those in both, how many have another target or another input in each. */
  differing: number;
  /** Of those in both, how many were given another input in each. */
  otherInputs: number;
  /** Of those in both, of how many it is not recorded for both what they were given, or not in a way that compares. */
  unknownInputs: number;
  /** Whether both name theirs by number alone, and say of none what it was given or what was wanted. */
  byNumber: boolean;
}

export interface Comparability {
  comparable: boolean;
  differences: string[];
  /** What is not recorded, and so may differ. It does not forbid comparing: most of what is published says no more. */
  unknowns: string[];
}

/**
 * Compares what must agree. Evaluation version and grader version must be known; condition, scoring rule, sampling
 * settings, tested datasets and items differ only where both record them. `items` is left out within one run, and null where the samples of
 * one are not recorded.
 */
export function compare(one: Comparable, two: Comparable, items?: ItemSets | null): Comparability {
  const differences: string[] = [];
  const unknowns: string[] = [];
  const differ = (what: string, a: Named | null, b: Named | null) => {
    if (a?.id === b?.id) return;
    differences.push(`${what}: ${a?.label ?? 'not stated'} against ${b?.label ?? 'not stated'}`);
  };
  differ('behaviour', one.behavior, two.behavior);
  differ('evaluation version', one.evaluationVersion, two.evaluationVersion);
  // Each evaluation version has conditions of its own: that one of the same name is another is said with the version.
  const ofOtherVersion = one.evaluationVersion?.id !== two.evaluationVersion?.id;
  if (!ofOtherVersion || one.condition?.label !== two.condition?.label)
    differ('condition', one.condition, two.condition);
  differ('grader version', one.grader, two.grader);
  if (!ofOtherVersion && one.evaluationVersion?.unstated === true) unknowns.push(UNSTATED);
  if (one.grader?.untold !== undefined && one.grader.id === two.grader?.id)
    unknowns.push(`grader version: ${one.grader.untold}`);
  // What was counted elsewhere states no rule: only two that are known, and are not the same, tell of a difference.
  if (one.evaluationVersion === null && two.evaluationVersion === null)
    differences.push('evaluation version: not known for either');
  if (one.grader === null && two.grader === null) differences.push('grader version: not stated for either');
  if (one.scoringRule && two.scoringRule) differ('scoring rule', one.scoringRule, two.scoringRule);
  else if (one.scoringRule || two.scoringRule) unknowns.push('scoring rule: stated for one of them alone');
  if (one.settings !== undefined && two.settings !== undefined)
    settingsOf(one, two, one.settings, two.settings, differences, unknowns);
  const tested = compareTestedOn(one.testedOn ?? [], two.testedOn ?? []);
  differences.push(...tested.differences);
  unknowns.push(...tested.unknowns);
  if (items === null) unknowns.push('items: the samples are not recorded for both');
  else if (items !== undefined) differences.push(...itemDifferences(items));
  if (items?.byNumber === true) unknowns.push(BY_NUMBER);
  else if (items != null && items.unknownInputs > 0) unknowns.push(unknownInputs(items));
  return { comparable: differences.length === 0, differences, unknowns };
}

const UNSTATED = 'evaluation version: neither states one, so that it may differ';
const BY_NUMBER =
  'items: matched by their numbers alone, as neither what they were given nor what was wanted is recorded for both';

const unknownInputs = ({ both, unknownInputs: unknown }: ItemSets) =>
  `items: whether they were given the same is not recorded for ${unknown} of the ${both} in both`;

function settingsOf(
  one: Comparable,
  two: Comparable,
  first: SamplingSettings | null,
  second: SamplingSettings | null,
  differences: string[],
  unknowns: string[],
): void {
  if (first === null || second === null) {
    const whose = first === second ? 'not recorded for either' : 'recorded for one of them alone';
    unknowns.push(`sampling settings: ${whose}`);
    return;
  }
  const found = compareSettings(first, second, one.condition?.id === two.condition?.id);
  differences.push(...found.differences);
  unknowns.push(...found.unknowns);
}

function itemDifferences({ one, two, both, differing, otherInputs }: ItemSets): string[] {
  const told: string[] = [];
  if (both < one || both < two) told.push(`items: ${one} against ${two}, of which ${both} are in both`);
  if (otherInputs > 0) told.push(`items: ${otherInputs} of the ${both} in both have other inputs`);
  const otherTargets = differing - otherInputs;
  if (otherTargets > 0)
    told.push(
      `items: ${otherTargets} of the ${both} in both have another target${otherInputs > 0 ? ' alone' : ''}`,
    );
  return told;
}

/** Whether nothing but the items differs, so that those in both can still be compared, one by one. */
export function onlyItemsDiffer({ differences }: Comparability): boolean {
  return differences.length > 0 && differences.every((difference) => difference.startsWith('items: '));
}
