import type { Context } from '../context.ts';
import type { MeasurementRow } from './evaluation.ts';
import { agreementOf, type Judge, judgesByPart, type SubjectAgreement } from './grader-agreement.ts';
import { evalRunFacts, measurementsOfRun } from './read-eval-runs.ts';
import { behaviorById, graderVersionById } from './read-evaluations.ts';
import { judgements } from './read-samples.ts';

/** How many behaviours and parts of scores are told of. */
export const MOST_SUBJECTS = 20;

export interface GraderAgreement {
  samplesRead: number;
  complete: boolean;
  subjects: (SubjectAgreement & { behaviorId: bigint | null })[];
}

/** How far the graders of a run agree: on the outcomes of a behaviour, and on what they said word for word. */
export async function readGraderAgreement(context: Context, runId: bigint): Promise<GraderAgreement> {
  const [measurements, facts] = await Promise.all([
    context.load(measurementsOfRun, runId),
    context.load(evalRunFacts, runId),
  ]);
  const counted = measurements.filter(({ outcomeKey, judged }) => outcomeKey !== null || judged);
  const of = {
    keys: [...new Set(counted.flatMap(({ outcomeKey }) => outcomeKey ?? []))],
    measurements: counted.flatMap(({ id, judged }) => (judged ? [id] : [])),
  };
  const samples = facts?.sampleCount ? await judgements(context, runId, of) : [];
  const repeated = samples.some((sample) => sample.repeated);
  const subjects: GraderAgreement['subjects'] = [];
  for (const [behaviorId, rows] of byBehavior(counted)) {
    const behavior = await context.load(behaviorById, behaviorId);
    const judges = await Promise.all(
      rows.map(async (row): Promise<Judge> => {
        const said = samples.map((sample) =>
          verdictIn(row.judged ? sample.judged?.[String(row.id)] : sample.outcomes?.[row.outcomeKey ?? '']),
        );
        return { name: await graderName(context, row), said };
      }),
    );
    const found = behavior && agreementOf(behavior.name, judges, repeated);
    if (found) subjects.push({ ...found, behaviorId });
  }
  for (const [part, judges] of judgesByPart(samples.map(({ scores }) => scores))) {
    const found = agreementOf(part, judges, repeated);
    if (found !== null) subjects.push({ ...found, behaviorId: null });
  }
  return {
    samplesRead: samples.length,
    complete: samples.length === (facts?.sampleCount ?? 0),
    subjects: subjects.slice(0, MOST_SUBJECTS),
  };
}

function byBehavior(rows: readonly MeasurementRow[]): Map<bigint, MeasurementRow[]> {
  const groups = new Map<bigint, MeasurementRow[]>();
  for (const row of rows) {
    const group = groups.get(row.behaviorId) ?? [];
    if (row.judged || !group.some(({ outcomeKey }) => outcomeKey === row.outcomeKey)) group.push(row);
    groups.set(row.behaviorId, group);
  }
  return groups;
}

const verdictIn = (outcome: string | undefined) =>
  outcome === 'EXHIBITED' || outcome === 'NOT_EXHIBITED' ? outcome : null;

async function graderName(context: Context, row: MeasurementRow): Promise<string> {
  const grader =
    row.graderVersionId === null ? null : await context.load(graderVersionById, row.graderVersionId);
  return grader === null ? 'grader not stated' : `${grader.graderName} ${grader.version}`;
}
