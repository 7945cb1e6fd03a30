import type { Change } from '../access/change.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import type { AmountUnit, MeasurementMethod } from '../lineage/kinds.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { labelOf } from '../lineage/records.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { insertMeasurementRow } from './dataset.store.ts';
import { ensureTag } from './ensure-tag.ts';

type Maybe<T> = T | null | undefined;

export interface RecordContentMeasurement {
  datasetVersion: string;
  tag: string;
  fraction: number;
  lower?: Maybe<number>;
  upper?: Maybe<number>;
  level?: Maybe<number>;
  unit: AmountUnit;
  method: MeasurementMethod;
  methodVersion?: Maybe<string>;
  sampleSize?: Maybe<number>;
  measuredAt?: Maybe<Date>;
  citation?: Maybe<CitationInput>;
}

/** Records how much of a dataset version carries a content tag. */
export async function recordContentMeasurement(
  change: Change,
  input: RecordContentMeasurement,
): Promise<{ contentMeasurementId: bigint }> {
  checkNumbers(input);
  const version = await resolveRef(
    { ...change.context, tx: change.tx },
    input.datasetVersion,
    ['datasetVersion'],
    ['DATASET_VERSION'],
  );
  const { visibility } = version;
  const contentTagId = await ensureTag(change, input.tag, ['tag'], visibility);
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  const contentMeasurementId = await insertMeasurementRow(change.tx, by, {
    datasetVersionId: version.id,
    contentTagId,
    fraction: input.fraction,
    lower: input.lower ?? null,
    upper: input.upper ?? null,
    level: input.level ?? null,
    unit: input.unit,
    method: input.method,
    methodVersion: input.methodVersion ?? null,
    sampleSize: input.sampleSize ?? null,
    measuredAt: input.measuredAt ?? null,
    citationId,
    visibility,
  });
  await change.event(
    {
      type: 'CONTENT_MEASURED',
      ref: labelOf(version),
      tag: input.tag,
      fraction: input.fraction,
      method: input.method,
    },
    { nodes: [version.id], visibility, tells: { contentTag: [contentTagId] } },
  );
  return { contentMeasurementId };
}

function checkNumbers(input: RecordContentMeasurement): void {
  const { fraction } = input;
  const lower = input.lower ?? null;
  const upper = input.upper ?? null;
  for (const [name, value] of [
    ['fraction', fraction],
    ['lower', lower],
    ['upper', upper],
  ] as const) {
    if (value !== null && !(value >= 0 && value <= 1))
      throw new InputRefusal([name], `${value} is no fraction.`, 'a number from 0 to 1');
  }
  if (lower !== null && lower > fraction)
    throw new InputRefusal(['lower'], 'The lower bound is above the fraction.', `at most ${fraction}`);
  if (upper !== null && upper < fraction)
    throw new InputRefusal(['upper'], 'The upper bound is below the fraction.', `at least ${fraction}`);
  if (input.level != null && !(input.level > 0 && input.level < 1))
    throw new InputRefusal(
      ['level'],
      `${input.level} is no level.`,
      'a number between 0 and 1, such as 0.95',
    );
  if (input.sampleSize != null && input.sampleSize < 1)
    throw new InputRefusal(['sampleSize'], 'A sample has at least one element.', '1 or more');
}
