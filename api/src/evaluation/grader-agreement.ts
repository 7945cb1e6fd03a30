// How far graders agree on samples that several of them judged.
import type { Json } from '../platform/json.ts';
import { cohenKappa } from './statistics/cohen-kappa.ts';
import { krippendorffAlpha } from './statistics/krippendorff-alpha.ts';

/** Of each sample in order, what a grader said of it: a category, or null where nothing. */
export type Judgements = readonly (string | null)[];

export interface Judge {
  name: string;
  said: Judgements;
}

export interface PairAgreement {
  one: string;
  two: string;
  items: number;
  agreed: number;
  kappa: number | null;
  standardError: number | null;
  interval: { lower: number; upper: number } | null;
  note: string | null;
}

export interface SubjectAgreement {
  about: string;
  graders: string[];
  items: number;
  alpha: number | null;
  note: string | null;
  pairs: PairAgreement[];
}

/** What has more categories is a scale, of which nominal agreement says little. */
export const MOST_CATEGORIES = 20;
/** Every two of them make a pair. */
export const MOST_JUDGES = 10;

/** Null where fewer than two graders judged a sample in common. `repeated` says that epochs repeat items. */
export function agreementOf(
  about: string,
  judges: readonly Judge[],
  repeated: boolean,
): SubjectAgreement | null {
  const told = judges.filter(({ said }) => said.some((one) => one !== null)).slice(0, MOST_JUDGES);
  const samples = told[0]?.said.length ?? 0;
  const items = Array.from({ length: samples }, (_, i) => told.flatMap(({ said }) => said[i] ?? []));
  const { items: judged, alpha } = krippendorffAlpha(items);
  if (told.length < 2 || judged === 0) return null;
  const notes = [
    judges.length > told.length && told.length === MOST_JUDGES
      ? `The first ${MOST_JUDGES} graders alone.`
      : null,
    alpha === null ? 'All gave one and the same answer, so that agreeing tells nothing of them.' : null,
    repeated ? 'Epochs of an item count as items, so that intervals are narrower than they should be.' : null,
  ].filter((note) => note !== null);
  return {
    about,
    graders: told.map(({ name }) => name),
    items: judged,
    alpha,
    note: notes.length === 0 ? null : notes.join(' '),
    pairs: told.flatMap((one, i) => told.slice(i + 1).map((two) => pairOf(one, two))),
  };
}

function pairOf(one: Judge, two: Judge): PairAgreement {
  const pairs = one.said.flatMap((said, i): [string, string][] => {
    const other = two.said[i] ?? null;
    return said === null || other === null ? [] : [[said, other]];
  });
  const words = new Set(pairs.map(([, other]) => other));
  const disjoint = pairs.length > 0 && !pairs.some(([said]) => words.has(said));
  const found = cohenKappa(pairs);
  const kappa = disjoint ? { kappa: null, standardError: null, interval: null } : {};
  return {
    one: one.name,
    two: two.name,
    ...found,
    ...kappa,
    note: noteOf(pairs.length, disjoint, found.kappa),
  };
}

function noteOf(items: number, disjoint: boolean, kappa: number | null): string | null {
  if (items === 0) return 'They judged no sample in common.';
  if (disjoint)
    return 'They use different words for what they say, so that these cannot be set against each other.';
  return kappa === null
    ? 'Both gave one and the same answer throughout, so that agreeing tells nothing of them.'
    : null;
}

/** The graders of each part of a score by its name; "value" is a score without parts. What is a scale is left out. */
export function judgesByPart(scores: readonly Json[]): Map<string, Judge[]> {
  const parts = new Map<string, Map<string, (string | null)[]>>();
  scores.forEach((said, i) => {
    for (const [scorer, score] of membersOf(said)) {
      for (const [part, value] of partsOf(score)) {
        const word = category(value);
        if (word === null) continue;
        const judges = parts.get(part) ?? new Map<string, (string | null)[]>();
        const judge = judges.get(scorer) ?? new Array<string | null>(scores.length).fill(null);
        judge[i] = word;
        judges.set(scorer, judge);
        parts.set(part, judges);
      }
    }
  });
  const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
  const nominal = [...parts].sort(byName).map(([part, judges]) => {
    const all = [...judges].sort(byName).map(([name, said]) => ({ name, said }));
    return [part, all.filter(({ said }) => new Set(said).size <= MOST_CATEGORIES + 1)] as const;
  });
  return new Map(nominal.filter(([, judges]) => judges.length > 1));
}

function partsOf(score: Json): [string, Json][] {
  if (typeof score !== 'object' || score === null) return [['value', score]];
  const parts = membersOf((score as { parts?: Json }).parts ?? null);
  return parts.length > 0 ? parts : [['value', (score as { value?: Json }).value ?? null]];
}

const membersOf = (json: Json): [string, Json][] =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.entries(json) : [];

/** One word for each meaning: `true` and 1 are what scorers call the same. */
function category(value: Json): string | null {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
