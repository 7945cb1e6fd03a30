import type { Context } from '../context.ts';
import type { NamedFound } from '../evaluation/catalogue.store.ts';
import { requireNamed } from '../evaluation/find-named.ts';
import { measurementsOfModel } from '../evaluation/read-eval-runs.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { ConflictRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import type { RegressionRuleRow } from './regression.ts';
import { checkDefinition, DEFAULT_ALPHA, MOST_BASELINES, type RuleDefinitionInput } from './rule-input.ts';
import { selectSeenMeasurements } from './sight.store.ts';

type Resolved = Pick<
  RegressionRuleRow,
  'behaviorId' | 'modelFamily' | 'condition' | 'kind' | 'threshold' | 'alpha' | 'baselineIds'
>;

/** What a definition means to whoever states it: its names found, and a model version as its measurements of now. */
export async function resolveDefinition(context: Context, input: RuleDefinitionInput): Promise<Resolved> {
  checkDefinition(input);
  const [behavior] = await requireNamed(context.db, context.viewer, 'behavior', [
    { name: input.behavior, path: ['definition', 'behavior'] },
  ]);
  const condition = input.condition?.trim() || null;
  const behaviorId = behavior!.id;
  return {
    behaviorId,
    modelFamily: input.modelFamily.trim(),
    condition,
    kind: input.kind,
    threshold: input.threshold ?? null,
    alpha: input.kind === 'RISE' ? (input.alpha ?? DEFAULT_ALPHA) : null,
    baselineIds: input.kind === 'RISE' ? await baselinesOf(context, input, behavior!) : [],
  };
}

async function baselinesOf(
  context: Context,
  input: RuleDefinitionInput,
  behavior: NamedFound,
): Promise<bigint[]> {
  if (input.baselineModelVersion != null) return measuredOf(context, input.baselineModelVersion, behavior);
  const ids = (input.baselines ?? []).map((id, i) => {
    const path = ['definition', 'baselines', i];
    return decodeGlobalId(context.ids, id, ['Measurement'], path).id;
  });
  const seen = await selectSeenMeasurements(context.db, context.viewer, ids);
  ids.forEach((id, i) => {
    const path = ['definition', 'baselines', i];
    const found = seen.find((one) => one.id === id);
    if (found === undefined)
      throw new NotFoundRefusal(path, 'There is no such measurement.', input.baselines?.[i]);
    if (found.behaviorId !== behavior.id)
      throw new ConflictRefusal(path, 'This measurement is of another behaviour.');
  });
  return [...new Set(ids)];
}

async function measuredOf(context: Context, ref: string, behavior: NamedFound): Promise<bigint[]> {
  const path = ['definition', 'baselineModelVersion'];
  const node = await resolveRef(context, ref, path, ['MODEL_VERSION']);
  const rows = await measurementsOfModel(context, node.id, behavior.name);
  const ids = rows.filter((row) => row.behaviorId === behavior.id).map(({ id }) => id);
  const seen = (await selectSeenMeasurements(context.db, context.viewer, ids)).map(({ id }) => id);
  if (seen.length === 0)
    throw new ConflictRefusal(path, 'Nothing was measured of this behaviour in this model version.');
  if (seen.length > MOST_BASELINES)
    throw new ConflictRefusal(
      path,
      `${seen.length} measurements are too many to compare with: choose up to ${MOST_BASELINES}.`,
    );
  return seen;
}
