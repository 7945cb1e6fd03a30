import type { Context } from '../../context.ts';
import { upstreamBy } from '../../evaluation/read-eval-runs.ts';
import type { LineageNodeRow } from '../../lineage/node.ts';
import { nodesByIds } from '../../lineage/read-nodes.ts';
import { bounded } from '../../platform/bounded-text.ts';
import { loadsOne } from '../../platform/loader.ts';
import type { ImportRow } from '../import.ts';
import { LONGEST_NAME } from '../plan-values.ts';
import { evalRunOfImport } from '../read-imports.ts';
import {
  selectAliasesOfTeam,
  selectModelAliases,
  selectModelNamesOfRuns,
  selectModelsWithWords,
} from './model-alias.store.ts';
import { alikeNames, type ModelAliasRow, wordsOfName } from './model-alias.ts';

export const modelAliasById = loadsOne<Context, ModelAliasRow>('modelAliasById', async (c, ids) => {
  const rows = await selectModelAliases(c.db, c.viewer, ids);
  return new Map(rows.map((row) => [row.id, row]));
});

const nameOfRun = loadsOne<Context, string>('modelNameOfRun', async (c, ids) => {
  const rows = await selectModelNamesOfRuns(c.db, c.viewer, ids);
  return new Map(rows.map((row) => [row.runId, row.name]));
});

/** What some names of models mean to the team in whose name the viewer writes; names without an alias are absent. */
export async function aliasesFor(
  context: Pick<Context, 'db' | 'viewer'>,
  names: readonly string[],
): Promise<Map<string, ModelAliasRow>> {
  const { viewer } = context;
  const teamId = viewer.kind === 'principal' ? viewer.teamIds[0] : undefined;
  if (teamId === undefined || names.length === 0) return new Map();
  const rows = await selectAliasesOfTeam(context.db, viewer, teamId, [...new Set(names)]);
  return new Map(rows.map((row) => [row.name, row]));
}

/** The same for an import: which model version each name means. */
export async function confirmedMeaning(
  context: Pick<Context, 'db' | 'viewer'>,
  names: readonly string[],
): Promise<Map<string, { id: bigint; ref: string }>> {
  const found = await aliasesFor(context, names);
  return new Map([...found].map(([name, { modelVersionId, ref }]) => [name, { id: modelVersionId, ref }]));
}

export interface LogModel {
  /** As the log calls it. */
  name: string;
  recordedAs: LineageNodeRow | null;
}

/** How the log of an import calls the model that was examined; null where it made no run that can be seen. */
export async function modelOfImport(context: Context, row: ImportRow): Promise<LogModel | null> {
  const run = await evalRunOfImport(context, row);
  if (run === null) return null;
  const name = await context.load(nameOfRun, run.id);
  if (name === null) return null;
  const [recordedAs] = await upstreamBy(context, 'EVALUATED', run.id);
  return { name: bounded(name, LONGEST_NAME), recordedAs: recordedAs ?? null };
}

/** The alias that the viewer's team confirmed for a name; null where there is none. */
export async function aliasOfName(context: Context, name: string): Promise<ModelAliasRow | null> {
  return (await aliasesFor(context, [name])).get(name) ?? null;
}

/** The model versions that a name may mean, by what the viewer may see. */
export async function candidatesFor(
  context: Context,
  { name, recordedAs }: LogModel,
): Promise<LineageNodeRow[]> {
  const words = wordsOfName(name);
  if (words.length === 0) return [];
  const known = await selectModelsWithWords(context.db, context.viewer, words);
  const alike = alikeNames(
    name,
    known.filter((one) => one.id !== recordedAs?.id),
  );
  return nodesByIds(
    context,
    alike.map((one) => one.id),
  );
}
