import type { Context } from '../context.ts';
import { namespacesOfViewer } from '../lineage/namespace-of.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import { countOf, neighboursOf } from '../lineage/read-assertions.ts';
import { loadsOne } from '../platform/loader.ts';
import { present } from '../platform/present.ts';
import {
  pageOfModels,
  pageOfModelVersions,
  selectModelByName,
  selectModelIds,
  selectModels,
  selectTrainingRunFacts,
} from './model.store.ts';
import type { ModelRow, TrainingRunFacts } from './model.ts';

const byId = <R extends { id: bigint }>(rows: readonly R[]) => new Map(rows.map((row) => [row.id, row]));

export const modelById = loadsOne<Context, ModelRow>('modelById', async (context, ids) =>
  byId(await selectModels(context.db, context.viewer, ids)),
);
const modelIdOf = loadsOne<Context, bigint>('modelIdOf', (context, ids) => selectModelIds(context.db, ids));
const trainingRunFacts = loadsOne<Context, TrainingRunFacts>('trainingRunFacts', async (context, ids) =>
  byId(await selectTrainingRunFacts(context.db, ids)),
);

export const trainingRunFactsOf = async (context: Context, run: LineageNodeRow) =>
  present(await context.load(trainingRunFacts, run.id), 'The training run');

/** The model of a version; where only the version is visible, no more of it than the version's own name tells. */
export async function modelOf(context: Context, version: LineageNodeRow): Promise<ModelRow> {
  const id = present(await context.load(modelIdOf, version.id), 'The model');
  const { namespace, visibility, teamId } = version;
  const named = { id, namespace, name: version.name ?? '', visibility, teamId };
  const row = await context.load(modelById, id);
  return row ?? { ...named, title: null, developer: null, description: null };
}

export async function modelByName(context: Context, name: string): Promise<ModelRow | null> {
  return selectModelByName(context.db, context.viewer, name, await namespacesOfViewer(context));
}

/** Tokens seen by a checkpoint: as its GENERATED_BY states, else as is claimed of it. */
export async function trainedTokensOf(context: Context, version: LineageNodeRow): Promise<bigint | null> {
  const makers = await neighboursOf(context, version.id, 'UPSTREAM', 'GENERATED_BY');
  const stated = makers.find((maker) => maker.amount !== null && maker.amountUnit === 'TOKENS');
  if (stated?.amount != null) return BigInt(Math.round(stated.amount));
  return countOf(context, version, 'TRAINED_TOKENS');
}

export { pageOfModels, pageOfModelVersions };
