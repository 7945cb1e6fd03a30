// Behaviours, evaluations, graders and standards: what runs refer to by name.

import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { cappedPer } from '../platform/capped-sql.ts';
import { contains } from '../platform/contains.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { OrderTerm } from '../platform/page.ts';
import type {
  BehaviorRow,
  EvaluationRow,
  EvaluationVersionRow,
  GraderRow,
  GraderVersionRow,
  StandardApprovalRow,
  StandardDecision,
  StandardRow,
  StandardVersionRow,
  TaxonomyMappingRow,
} from './evaluation.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

export const NAMED_TABLES = ['behavior', 'evaluation', 'grader', 'standard', 'scoring_rule'] as const;
export type NamedTable = (typeof NAMED_TABLES)[number];

export interface NamedFound {
  id: bigint;
  namespace: string;
  name: string;
  visibility: VisibilityWord;
  /** Whether it stands in the namespace of one of the viewer's own teams. */
  own: boolean;
}

const teamsOf = (viewer: Viewer) => (viewer.kind === 'principal' ? [...viewer.teamIds] : []);
/** What a name is called with its namespace, of a table's alias. */
export const fullName = (alias: string) =>
  Prisma.raw(
    `(case when ${alias}.namespace = '' then ${alias}.name else ${alias}.namespace || '/' || ${alias}.name end)`,
  );

/** Visible things with one of these names, written with or without a namespace. */
export function selectNamed(
  db: Reader,
  viewer: Viewer,
  table: NamedTable,
  names: readonly string[],
): Promise<NamedFound[]> {
  return db.$queryRaw<NamedFound[]>`
    select x.id, x.namespace, x.name, x.visibility::text as visibility,
      x.namespace in (select t.namespace from team t where t.id = any(${teamsOf(viewer)}::bigint[])) as own
    from ${Prisma.raw(table)} x
    where (x.name = any(${[...names]}::text[]) or x.namespace || '/' || x.name = any(${[...names]}::text[]))
      and ${visible(viewer, 'x')}
    order by x.namespace, x.id`;
}

export async function selectLikeNamed(
  db: Reader,
  viewer: Viewer,
  table: NamedTable,
  name: string,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    select ${fullName('x')} as name from ${Prisma.raw(table)} x
    where ${visible(viewer, 'x')} and (x.name ilike ${contains(name)} or ${name}::text ilike '%' || replace(replace(x.name, '\\', ''), '%', '') || '%')
    order by length(x.name), x.id limit 5`;
  return rows.map((row) => row.name);
}

export interface OwnThing {
  id: bigint;
  visibility: VisibilityWord;
  seen: boolean;
}

/**
 * What the team's own namespace holds under a name, and whether the viewer sees it: names are unique there. An evaluation, which
 * its versions are no wider than, is not shown to fewer until the transaction ends.
 */
export async function selectOwn(
  tx: Tx,
  viewer: Viewer,
  table: NamedTable,
  teamId: bigint,
  name: string,
): Promise<OwnThing | null> {
  const [row] = await tx.$queryRaw<OwnThing[]>`
    select x.id, x.visibility::text as visibility, ${visible(viewer, 'x')} as seen from ${Prisma.raw(table)} x join team t on t.namespace = x.namespace
    where t.id = ${teamId} and x.name = ${name}
    ${table === 'evaluation' ? Prisma.sql`for share of x` : Prisma.empty}`;
  return row ?? null;
}

export async function selectNamespace(tx: Tx, teamId: bigint): Promise<string> {
  const [row] = await tx.$queryRaw<{ namespace: string }[]>`select namespace from team where id = ${teamId}`;
  return row?.namespace ?? '';
}

const BEHAVIOR = Prisma.sql`b.id, ${fullName('b')} as name, b.title, b.description`;
export const selectBehaviors = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    BehaviorRow[]
  >`select ${BEHAVIOR} from behavior b where b.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'b')}`;

export const selectMappings = (db: Reader, ids: Ids) =>
  db.$queryRaw<TaxonomyMappingRow[]>`
    select behavior_id as "behaviorId", taxonomy, code, label, url from taxonomy_mapping
    where behavior_id = any(${[...ids]}::bigint[]) order by taxonomy, code`;

const EVALUATION = Prisma.sql`e.id, ${fullName('e')} as name, e.title, e.description, e.url`;
export const selectEvaluations = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    EvaluationRow[]
  >`select ${EVALUATION} from evaluation e where e.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'e')}`;

const EVALUATION_VERSION = Prisma.sql`v.id, v.evaluation_id as "evaluationId", ${fullName('e')} as "evaluationName",
  v.version, v.released_at as "releasedAt", v.citation_id as "citationId"`;
const evaluationVersions = (viewer: Viewer) =>
  Prisma.sql`from evaluation_version v join evaluation e on e.id = v.evaluation_id where ${visible(viewer, 'v')} and ${visible(viewer, 'e')}`;
export const selectEvaluationVersions = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    EvaluationVersionRow[]
  >`select ${EVALUATION_VERSION} ${evaluationVersions(viewer)} and v.id = any(${[...ids]}::bigint[])`;
export const selectEvaluationVersion = async (
  db: Reader,
  viewer: Viewer,
  evaluationId: bigint,
  version: string,
) => {
  const rows = await db.$queryRaw<(EvaluationVersionRow & { visibility: VisibilityWord; teamId: bigint })[]>`
    select ${EVALUATION_VERSION}, v.visibility::text as visibility, v.team_id as "teamId" ${evaluationVersions(viewer)}
    and v.evaluation_id = ${evaluationId} and v.version = ${version}`;
  return rows[0] ?? null;
};
export const selectVersionsOfEvaluation = (db: Reader, viewer: Viewer, evaluationId: bigint) =>
  db.$queryRaw<
    EvaluationVersionRow[]
  >`select ${EVALUATION_VERSION} ${evaluationVersions(viewer)} and v.evaluation_id = ${evaluationId} order by v.id desc limit 5`;

const GRADER = Prisma.sql`g.id, ${fullName('g')} as name, g.title`;
export const selectGraders = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    GraderRow[]
  >`select ${GRADER} from grader g where g.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'g')}`;

const GRADER_VERSION = Prisma.sql`v.id, v.grader_id as "graderId", ${fullName('g')} as "graderName", v.version, v.kind::text as kind,
  v.prompt, v.parser, v.model_version_id as "modelVersionId", v.owner, v.approved_by as "approvedBy",
  v.standard_version_id as "standardVersionId", v.citation_id as "citationId"`;
const graderVersions = (viewer: Viewer) =>
  Prisma.sql`from grader_version v join grader g on g.id = v.grader_id where ${visible(viewer, 'v')} and ${visible(viewer, 'g')}`;
export const selectGraderVersions = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    GraderVersionRow[]
  >`select ${GRADER_VERSION} ${graderVersions(viewer)} and v.id = any(${[...ids]}::bigint[])`;
export const selectVersionsOfGraders = (db: Reader, viewer: Viewer, graderIds: Ids) =>
  db.$queryRaw<GraderVersionRow[]>(
    cappedPer(
      'graderId',
      Prisma.sql`select ${GRADER_VERSION} ${graderVersions(viewer)} and v.grader_id = any(${[...graderIds]}::bigint[]) order by v.id desc`,
    ),
  );

/** The version of a grader that is called so, however many it has; the newest where none is named. */
export async function selectVersionOfGrader(
  db: Reader,
  viewer: Viewer,
  graderId: bigint,
  version: string | null,
): Promise<{ id: bigint } | null> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    select v.id ${graderVersions(viewer)} and v.grader_id = ${graderId}
      and (${version}::text is null or v.version = ${version}) order by v.id desc limit 1`;
  return rows[0] ?? null;
}

const STANDARD = Prisma.sql`s.id, ${fullName('s')} as name, s.title, s.kind`;
export const selectStandards = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    StandardRow[]
  >`select ${STANDARD} from standard s where s.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 's')}`;

const STANDARD_VERSION = Prisma.sql`v.id, v.standard_id as "standardId", s.title as "standardTitle", v.version, v.text, v.url,
  v.authors, v.published_at as "publishedAt", v.citation_id as "citationId"`;
const standardVersions = (viewer: Viewer) =>
  Prisma.sql`from standard_version v join standard s on s.id = v.standard_id where ${visible(viewer, 'v')} and ${visible(viewer, 's')}`;
export const selectStandardVersions = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    StandardVersionRow[]
  >`select ${STANDARD_VERSION} ${standardVersions(viewer)} and v.id = any(${[...ids]}::bigint[])`;
export const selectVersionsOfStandards = (db: Reader, viewer: Viewer, standardIds: Ids) =>
  db.$queryRaw<StandardVersionRow[]>(
    cappedPer(
      'standardId',
      Prisma.sql`select ${STANDARD_VERSION} ${standardVersions(viewer)} and v.standard_id = any(${[...standardIds]}::bigint[]) order by v.id desc`,
    ),
  );
export const selectApprovals = (db: Reader, viewer: Viewer, versionIds: Ids) =>
  db.$queryRaw<StandardApprovalRow[]>(
    cappedPer(
      'standardVersionId',
      Prisma.sql`
    select a.standard_version_id as "standardVersionId", a.by_name as by, a.decision, a.comment, a.at,
      a.citation_id as "citationId", a.actor_id as "actorId", a.recorded_at as "recordedAt"
    from standard_approval a join standard_version v on v.id = a.standard_version_id
    where a.standard_version_id = any(${[...versionIds]}::bigint[]) and ${visible(viewer, 'a')} and ${visible(viewer, 'v')}
    order by a.id`,
    ),
  );

/** A version of a standard, the newest where none is named; with how widely it may be seen. */
export async function selectVersionOfStandard(
  db: Reader,
  viewer: Viewer,
  standardId: bigint,
  version: string | null,
): Promise<{ id: bigint; version: string; visibility: VisibilityWord } | null> {
  const rows = await db.$queryRaw<{ id: bigint; version: string; visibility: VisibilityWord }[]>`
    select v.id, v.version, v.visibility::text as visibility ${standardVersions(viewer)}
    and v.standard_id = ${standardId} and (${version}::text is null or v.version = ${version}) order by v.id desc limit 1`;
  return rows[0] ?? null;
}

/** What somebody decided last on a version; of their own decisions only, where `actorId` is given. */
export async function selectLastDecision(
  db: Reader,
  viewer: Viewer,
  versionId: bigint,
  by: string,
  actorId: bigint | null,
): Promise<StandardDecision | null> {
  const rows = await db.$queryRaw<{ decision: StandardDecision }[]>`
    select a.decision from standard_approval a
    where a.standard_version_id = ${versionId} and a.by_name = ${by} and ${visible(viewer, 'a')}
      and (${actorId}::bigint is null or a.actor_id = ${actorId}) order by a.id desc limit 1`;
  return rows[0]?.decision ?? null;
}

export async function insertApproval(
  tx: Tx,
  by: { teamId: bigint; actorId: bigint },
  approval: Pick<
    StandardApprovalRow,
    'standardVersionId' | 'by' | 'decision' | 'comment' | 'at' | 'citationId'
  > & {
    visibility: VisibilityWord;
  },
): Promise<bigint> {
  const { by: byName, ...data } = approval;
  const { id } = await tx.standardApproval.create({ data: { ...data, byName, ...by }, select: { id: true } });
  return id;
}

const byName = (alias: string): OrderTerm[] => [
  { name: 'name', sql: Prisma.raw(`lower(${alias}.name) collate "C"`), type: 'text', direction: 'asc' },
  { name: 'id', sql: Prisma.raw(`${alias}.id`), type: 'bigint', direction: 'asc' },
];

export function behaviorList(viewer: Viewer, search: string | null) {
  const matches =
    search === null
      ? Prisma.sql`true`
      : Prisma.sql`(b.name ilike ${contains(search)} or b.title ilike ${contains(search)} or b.description ilike ${contains(search)})`;
  return {
    columns: BEHAVIOR,
    body: Prisma.sql`from behavior b where ${visible(viewer, 'b')} and ${matches}`,
    order: byName('b'),
  };
}

export function evaluationList(viewer: Viewer, search: string | null) {
  const matches =
    search === null
      ? Prisma.sql`true`
      : Prisma.sql`(e.name ilike ${contains(search)} or e.title ilike ${contains(search)} or e.description ilike ${contains(search)})`;
  return {
    columns: EVALUATION,
    body: Prisma.sql`from evaluation e where ${visible(viewer, 'e')} and ${matches}`,
    order: byName('e'),
  };
}

/** Under an evaluation `p.id`, newest recorded first. */
export function evaluationVersionsUnder(viewer: Viewer) {
  return {
    columns: EVALUATION_VERSION,
    body: Prisma.sql`${evaluationVersions(viewer)} and v.evaluation_id = p.id`,
    order: [{ name: 'id', sql: Prisma.raw('v.id'), type: 'bigint', direction: 'desc' }] satisfies OrderTerm[],
  };
}
