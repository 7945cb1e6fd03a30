// Eval runs recorded with their samples, as an import records them.
import { inChange } from '../../../api/src/access/change.ts';
import type { SampleToRecord } from '../../../api/src/evaluation/eval-run.store.ts';
import { type MeasurementInput, writeEvalRun } from '../../../api/src/evaluation/record-eval-run.ts';
import type { VisibilityWord } from '../../../api/src/lineage/node.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import type { World } from '../incident/world.ts';

export interface RunWithSamples {
  name: string;
  model: string;
  samples: readonly SampleToRecord[];
  measurements: readonly MeasurementInput[];
  epochs?: number;
  settings?: object;
  /** Dataset versions that were registered. */
  testedOn?: readonly bigint[];
  visibility?: VisibilityWord;
}

export async function recordRun(world: World, run: RunWithSamples): Promise<void> {
  const context = requestContext(world.api.services, world.reporter);
  const [version] = await context.db.$queryRaw<{ id: bigint }[]>`select id from evaluation_version`;
  const [model] = await context.db.$queryRaw<{ id: bigint }[]>`select id from node where name = ${run.model}`;
  await inChange(context, 'write:evals', (change) =>
    writeEvalRun(change, {
      name: run.name,
      evaluationVersionId: version?.id ?? 0n,
      modelVersionId: model?.id ?? 0n,
      startedAt: null,
      status: 'SUCCESS',
      epochs: run.epochs ?? 1,
      visibility: run.visibility ?? 'MEMBERS',
      citation: null,
      scores: [],
      measurements: run.measurements,
      samples: run.samples,
      ...(run.testedOn === undefined ? {} : { testedOn: run.testedOn }),
      ...(run.settings === undefined ? {} : { metadata: run.settings }),
    }),
  );
}

/** Of each item and epoch an outcome: E exhibited, N not, U unscored, G the grader failed; items in the order given. */
export function samplesOf(
  key: string,
  items: Readonly<Record<string, string>>,
  more: Partial<SampleToRecord> = {},
) {
  return Object.entries(items).flatMap(([sampleId, outcomes]) =>
    [...outcomes].map(
      (letter, i): SampleToRecord => ({
        sampleId,
        epoch: i + 1,
        target: 'harmless',
        outcomes: { [key]: OUTCOMES[letter]! },
        ...more,
      }),
    ),
  );
}

const OUTCOMES: Readonly<Record<string, string>> = {
  E: 'EXHIBITED',
  N: 'NOT_EXHIBITED',
  U: 'UNSCORED',
  G: 'GRADER_ERROR',
};

/** The measurement that counts the outcomes under one key, by the classifier, under the condition "replacement". */
export function countedFrom(
  samples: readonly SampleToRecord[],
  key = 'blackmail',
  grader = 'classifier@1',
): MeasurementInput {
  const count = (outcome: string) => samples.filter(({ outcomes }) => outcomes?.[key] === outcome).length;
  return {
    behavior: key.replace(/ \(.*/, ''),
    condition: 'replacement',
    grader,
    exhibited: count('EXHIBITED'),
    notExhibited: count('NOT_EXHIBITED'),
    unscored: count('UNSCORED'),
    graderErrors: count('GRADER_ERROR'),
    qualifier: 'EXACT',
  };
}

/** Items by number: `count` of them from `from`, all with the same outcomes. */
export const items = (from: number, count: number, outcomes: string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`item-${from + i}`, outcomes]));
