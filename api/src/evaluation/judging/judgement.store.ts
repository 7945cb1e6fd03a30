// Samples as a person judges them, and what was said of them.
import type { Viewer } from '../../access/viewer.ts';
import { visible } from '../../access/visibility.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { VisibilityWord } from '../../lineage/node.ts';
import { cappedPer } from '../../platform/capped-sql.ts';
import type { Db, Tx } from '../../platform/database.ts';
import { retractRowOf } from '../../platform/retract-row.ts';
import { fullName } from '../catalogue.store.ts';
import { judgedUnder } from '../sample-condition.store.ts';
import type { JudgedOutcome } from './judged-outcome.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;

/** The recorded samples of a run as rows `s`; `under` the condition of a name, or all. */
const samplesOf = (viewer: Viewer, runId: bigint) => Prisma.sql`
  from (select ${runId}::bigint as id) p join eval_sample s on s.eval_run_id = p.id
  join node r on r.id = s.eval_run_id and ${visible(viewer, 'r')}`;
const under = (viewer: Viewer, condition: string | null) =>
  condition === null ? Prisma.sql`true` : judgedUnder(viewer, condition);

export interface SampleToJudge {
  /** Which of the names asked for, from 0. */
  at: number;
  id: bigint;
  sampleId: string;
  scenario: string | null;
  /** Whether it was judged under the condition asked for, as far as that is recorded. */
  under: boolean;
}

export const selectSamplesNamed = (
  db: Reader,
  viewer: Viewer,
  runId: bigint,
  named: readonly { sampleId: string; epoch: number }[],
  condition: string | null,
) =>
  db.$queryRaw<SampleToJudge[]>`
    select (w.at - 1)::int as at, s.id, s.sample_id as "sampleId", s.scenario, ${under(viewer, condition)} as under
    ${samplesOf(viewer, runId)}
    join unnest(${named.map((one) => one.sampleId)}::text[], ${named.map((one) => one.epoch)}::int[])
      with ordinality w(sample_id, epoch, at) on w.sample_id = s.sample_id and w.epoch = s.epoch`;

/** How many samples of a run there are under a condition, beside those of the ids, and how many of them were invalidated. */
export async function countOthers(
  db: Reader,
  viewer: Viewer,
  runId: bigint,
  judged: readonly bigint[],
  condition: string | null,
): Promise<{ samples: number; invalidated: number }> {
  const [counts] = await db.$queryRaw<[{ samples: number; invalidated: number }]>`
    select count(*)::int as samples, (count(*) filter (where s.invalidated))::int as invalidated
    ${samplesOf(viewer, runId)}
    where not (s.id = any(${[...judged]}::bigint[])) and ${under(viewer, condition)}`;
  return counts;
}

export interface JudgementToRecord {
  evalSampleId: bigint;
  outcome: JudgedOutcome;
  explanation: string | null;
}

export async function insertJudgements(
  tx: Tx,
  measurementId: bigint,
  judgements: readonly JudgementToRecord[],
): Promise<void> {
  await tx.sampleJudgement.createMany({ data: judgements.map((one) => ({ measurementId, ...one })) });
}

export interface JudgementRow {
  evalSampleId: bigint;
  measurementId: bigint;
  outcome: JudgedOutcome;
  explanation: string | null;
}

/** What people said of samples, in measurements that hold and that the viewer may see. */
export const selectJudgementsOf = (db: Reader, viewer: Viewer, sampleIds: readonly bigint[]) =>
  db.$queryRaw<JudgementRow[]>(
    cappedPer(
      'evalSampleId',
      Prisma.sql`
    select j.eval_sample_id as "evalSampleId", j.measurement_id as "measurementId", j.outcome, j.explanation
    from sample_judgement j join measurement m on m.id = j.measurement_id join behavior b on b.id = m.behavior_id
    join node r on r.id = m.eval_run_id
    where j.eval_sample_id = any(${[...sampleIds]}::bigint[]) and m.retracted_at is null
      and ${visible(viewer, 'm')} and ${visible(viewer, 'b')} and ${visible(viewer, 'r')} order by j.measurement_id`,
    ),
  );

export interface JudgementToRetract {
  id: bigint;
  evalRunId: bigint;
  behavior: string;
  /** Whether a person judged, sample by sample. */
  judged: boolean;
  /** Whether it, or its run, was retracted. */
  retracted: boolean;
  teamId: bigint;
  actorId: bigint;
  visibility: VisibilityWord;
}

/** A measurement with its run and behaviour, as the writer sees it now. */
export async function selectJudgementToRetract(
  tx: Reader,
  viewer: Viewer,
  id: bigint,
): Promise<JudgementToRetract | null> {
  const [row] = await tx.$queryRaw<JudgementToRetract[]>`
    select m.id, m.eval_run_id as "evalRunId", ${fullName('b')} as behavior,
      exists (select 1 from sample_judgement j where j.measurement_id = m.id) as judged,
      (m.retracted_at is not null or r.retracted_at is not null) as retracted,
      m.team_id as "teamId", m.actor_id as "actorId", m.visibility::text as visibility
    from measurement m join node r on r.id = m.eval_run_id join behavior b on b.id = m.behavior_id
    where m.id = ${id} and ${visible(viewer, 'm')} and ${visible(viewer, 'r')} and ${visible(viewer, 'b')}`;
  return row ?? null;
}

/** False where it was retracted already; the database sets the moment. */
export async function retractMeasurement(
  tx: Tx,
  id: bigint,
  actorId: bigint,
  reason: string,
): Promise<boolean> {
  return retractRowOf(tx, 'measurement', id, actorId, reason);
}

/** Who took measurements back by themselves, and why. */
export const selectRetractions = (db: Reader, viewer: Viewer, ids: readonly bigint[]) =>
  db.$queryRaw<{ id: bigint; actorId: bigint | null; reason: string | null }[]>`
    select m.id, m.retracted_by as "actorId", m.retraction_reason as reason
    from measurement m join node r on r.id = m.eval_run_id join behavior b on b.id = m.behavior_id
    where m.id = any(${[...ids]}::bigint[]) and m.retracted_at is not null
      and ${visible(viewer, 'm')} and ${visible(viewer, 'r')} and ${visible(viewer, 'b')}`;
