// Rules and their versions: where each stands, and which of them an import applies.
import type { VisibilityWord } from '../../lineage/node.ts';
import { bareName } from './scorer-names.ts';
import { behaviorsOf, type ScoringDefinition } from './scoring-definition.ts';

export interface ScoringRuleRow {
  id: bigint;
  /** With the namespace, where there is one. */
  name: string;
  evaluation: string;
  scorer: string;
}

export interface ScoringRuleVersionRow {
  id: bigint;
  scoringRuleId: bigint;
  ruleName: string;
  evaluation: string;
  number: number;
  definition: ScoringDefinition;
  /** In the order of `behaviorsOf`; null in what is built in, whose behaviours are found by their names. */
  behaviorIds: bigint[] | null;
  builtIn: boolean;
  note: string | null;
  visibility: VisibilityWord;
  teamId: bigint;
  actorId: bigint;
  recordedAt: Date;
  retractedAt: Date | null;
  confirmedBy: bigint | null;
  confirmedByName: string | null;
  confirmedAt: Date | null;
  comment: string | null;
  /** Whether a later version is confirmed, as far as the viewer may see. */
  superseded: boolean;
}

export const SCORING_STATUSES = ['PROPOSED', 'BUILT_IN', 'CONFIRMED', 'SUPERSEDED', 'RETRACTED'] as const;
export type ScoringStatus = (typeof SCORING_STATUSES)[number];

export function statusOf(
  version: Pick<ScoringRuleVersionRow, 'retractedAt' | 'superseded' | 'builtIn' | 'confirmedAt'>,
): ScoringStatus {
  if (version.retractedAt !== null) return 'RETRACTED';
  if (version.superseded) return 'SUPERSEDED';
  if (version.builtIn) return 'BUILT_IN';
  return version.confirmedAt === null ? 'PROPOSED' : 'CONFIRMED';
}

export function labelOf(version: Pick<ScoringRuleVersionRow, 'ruleName' | 'number'>): string {
  return `${version.ruleName}, version ${version.number}`;
}

/** The ids of a version's behaviours by the names in its definition; empty in what is built in. */
export function behaviorIdsOf(
  version: Pick<ScoringRuleVersionRow, 'definition' | 'behaviorIds'>,
): Map<string, bigint> {
  const ids = version.behaviorIds ?? [];
  return new Map(behaviorsOf(version.definition).flatMap((name, i) => (ids[i] ? [[name, ids[i]]] : [])));
}

/** Whether a rule is about this task: under its whole name, or its name without the package. */
export function isAbout(evaluation: string, task: string): boolean {
  return evaluation === task || evaluation === bareName(task);
}

export type Candidate = Pick<ScoringRuleVersionRow, 'id' | 'definition'> & {
  namespace: string;
  /** Whether the namespace is that of one of the importer's teams. */
  own: boolean;
};

export interface Chosen<C> {
  used: C[];
  /** Equally near rules of several other teams for one scorer: none of them is applied. */
  ambiguous: C[];
}

/**
 * Of the versions in force, those to apply: for each value of a scorer the importer's own teams' rules, else the common
 * ones, else another team's where only one has any. Nothing is chosen by the order of the alphabet.
 */
export function chooseRules<C extends Candidate>(candidates: readonly C[]): Chosen<C> {
  const chosen: Chosen<C> = { used: [], ambiguous: [] };
  for (const one of candidates) {
    const rivals = candidates.filter((other) => readsToo(other, one));
    const nearest = Math.min(...rivals.map(distance));
    if (distance(one) > nearest) continue;
    const near = rivals.filter((other) => distance(other) === nearest);
    const namespaces = new Set(near.map((other) => other.namespace));
    (namespaces.size === 1 ? chosen.used : chosen.ambiguous).push(one);
  }
  return chosen;
}

/** Whether a rule is for the value that another one is for: of the same scorer, or of all that are called so in any package. */
function readsToo({ definition: other }: Candidate, { definition: one }: Candidate): boolean {
  if ((other.part ?? null) !== (one.part ?? null)) return false;
  return one.scorer === other.scorer || one.scorer.endsWith(`/${other.scorer}`);
}

function distance({ own, namespace }: Candidate): number {
  if (own && namespace !== '') return 0;
  return namespace === '' ? 1 : 2;
}
