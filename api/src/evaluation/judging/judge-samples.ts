import type { Change } from '../../access/change.ts';
import { formatNodeRef } from '../../lineage/node-ref.ts';
import { resolveRef } from '../../lineage/resolve-refs.ts';
import { ConflictRefusal, InputRefusal, NotFoundRefusal } from '../../platform/refusal.ts';
import { selectGraderVersions } from '../catalogue.store.ts';
import { spreadOf } from '../counted-samples.ts';
import { selectEvalRunFacts } from '../eval-run.store.ts';
import { reading } from '../named-thing.ts';
import { insertMeasurements } from '../record-eval-run.ts';
import { resolveJudged } from '../resolve-judging.ts';
import type { JudgedOutcome } from './judged-outcome.ts';
import { countOthers, insertJudgements, type SampleToJudge, selectSamplesNamed } from './judgement.store.ts';

export interface JudgementInput {
  sampleId: string;
  epoch: number;
  outcome: JudgedOutcome;
  explanation?: string | null;
}

export interface JudgeSamplesInput {
  evalRun: string;
  behavior: string;
  condition?: string | null;
  grader: string;
  samples: readonly JudgementInput[];
}

/** Samples judged at once. */
const MOST = 5_000;
const LONGEST_EXPLANATION = 2_000;

/**
 * Records what a person said of single samples of a run, and the measurement that counts it: beside what was measured
 * before, which stays. Samples that they did not judge count as unscored, and as excluded where the log invalidated
 * them, so that the rate says how much it leaves open. ConflictRefusal where the run's samples are not recorded.
 */
export async function judgeSamples(
  change: Change,
  input: JudgeSamplesInput,
): Promise<{ measurementId: bigint }> {
  const { tx, context } = change;
  checkJudgements(input.samples);
  const run = await resolveRef(reading(change), input.evalRun, ['evalRun'], ['EVAL_RUN']);
  const [facts] = await selectEvalRunFacts(tx, context.viewer, [run.id]);
  if (facts === undefined || run.retractedAt !== null)
    throw new NotFoundRefusal(['evalRun'], 'This eval run was retracted.', input.evalRun);
  if (!facts.sampleCount)
    throw new ConflictRefusal(
      ['evalRun'],
      'The samples of this run are not recorded, so that nobody can judge them.',
    );
  const { evaluationVersionId, epochs } = facts;
  const condition = input.condition ?? null;
  const named = { behavior: input.behavior, condition, grader: input.grader };
  const [judged] = await resolveJudged(change, { id: run.id, evaluationVersionId }, [named], () => []);
  await mustBePerson(change, judged?.graderVersionId ?? null, input.grader);
  const samples = await samplesOf(change, run.id, input.samples, condition);
  const outcomes = input.samples.map(({ outcome }) => outcome);
  const many = (outcome: JudgedOutcome) => outcomes.filter((one) => one === outcome).length;
  const ids = samples.map(({ id }) => id);
  const others = await countOthers(tx, context.viewer, run.id, ids, condition);
  const spread = spreadOf(
    'judged',
    samples.map((sample, i) => ({ ...sample, outcomes: { judged: outcomes[i]! } })),
  );
  const { visibility } = run;
  const [measurementId] = await insertMeasurements(
    change,
    { id: run.id, evaluationVersionId, visibility, epochs },
    [
      {
        ...named,
        behaviorId: judged?.behaviorId ?? undefined,
        graderVersionId: judged?.graderVersionId,
        exhibited: many('EXHIBITED'),
        notExhibited: many('NOT_EXHIBITED'),
        unscored: many('UNSCORED') + others.samples - others.invalidated,
        graderErrors: 0,
        excluded: many('EXCLUDED') + others.invalidated,
        qualifier: 'EXACT',
        counted: spread === null ? null : { ...spread, outcomeKey: null },
      },
    ],
    () => [],
  );
  await insertJudgements(
    tx,
    measurementId!,
    input.samples.map(({ outcome, explanation }, i) => ({
      evalSampleId: ids[i]!,
      outcome,
      explanation: explanation?.trim() || null,
    })),
  );
  const ref = formatNodeRef({ ...run, name: run.name ?? '' });
  await change.event(
    { type: 'MEASUREMENT_RECORDED', evalRun: ref, behavior: input.behavior },
    { nodes: [run.id], visibility, tells: { measurement: [measurementId!] } },
  );
  return { measurementId: measurementId! };
}

function checkJudgements(samples: readonly JudgementInput[]): void {
  if (samples.length === 0 || samples.length > MOST)
    throw new InputRefusal(
      ['samples'],
      'There must be samples, and not too many.',
      `1 to ${MOST.toLocaleString('en')}`,
    );
  const seen = new Map<string, number>();
  for (const [i, { sampleId, epoch, explanation }] of samples.entries()) {
    const key = `${epoch} ${sampleId}`;
    const before = seen.get(key);
    if (before !== undefined)
      throw new InputRefusal(
        ['samples', i],
        `This sample is judged already, at ${before}.`,
        'each sample once',
      );
    seen.set(key, i);
    if ((explanation?.length ?? 0) > LONGEST_EXPLANATION)
      throw new InputRefusal(
        ['samples', i, 'explanation'],
        'The explanation is too long.',
        `at most ${LONGEST_EXPLANATION.toLocaleString('en')} characters`,
      );
  }
}

async function mustBePerson(change: Change, id: bigint | null, grader: string): Promise<void> {
  const [version] = id === null ? [] : await selectGraderVersions(change.tx, change.context.viewer, [id]);
  if (version?.kind !== 'HUMAN')
    throw new InputRefusal(
      ['grader'],
      `${grader} is no person. What a program judged is recorded by its log, or as a measurement.`,
      'a grader version of kind HUMAN',
    );
}

/** The samples that are judged, in the order in which they are named. */
async function samplesOf(
  { tx, context }: Change,
  runId: bigint,
  named: readonly JudgementInput[],
  condition: string | null,
): Promise<SampleToJudge[]> {
  const rows = await selectSamplesNamed(tx, context.viewer, runId, named, condition);
  const found = new Map(rows.map((row) => [row.at, row]));
  return named.map(({ sampleId, epoch }, i) => {
    const sample = found.get(i);
    const path = ['samples', i, 'sampleId'];
    const called = `${sampleId}, epoch ${epoch}`;
    if (sample === undefined) throw new NotFoundRefusal(path, `The run has no sample ${called}.`, sampleId);
    if (!sample.under)
      throw new InputRefusal(
        path,
        `It is not recorded that sample ${called} was under the condition ${condition}.`,
        'a sample of this condition, or no condition',
      );
    return sample;
  });
}
