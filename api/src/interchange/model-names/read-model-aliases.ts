import type { Context } from '../../context.ts';
import { upstreamBy } from '../../evaluation/read-eval-runs.ts';
import type { LineageNodeRow } from '../../lineage/node.ts';
import { nodesByIds } from '../../lineage/read-nodes.ts';
import { cutList, listed } from '../../platform/listed.ts';
import { type LoaderOf, loadsOne } from '../../platform/loader.ts';
import type { ImportRow } from '../import.ts';
import { evalRunsOfImport } from '../read-imports.ts';
import {
  type ModelNameOfRun,
  selectAliasesOfTeam,
  selectModelAliases,
  selectModelNamesOfRuns,
  selectModelsWithWords,
} from './model-alias.store.ts';
import { alikeNames, type ModelAliasRow, nameToConfirm, UNSPECIFIED, wordsOfName } from './model-alias.ts';

export const modelAliasById = loadsOne<Context, ModelAliasRow>('modelAliasById', async (c, ids) => {
  const rows = await selectModelAliases(c.db, c.viewer, ids);
  return new Map(rows.map((row) => [row.id, row]));
});

const nameOfRun = loadsOne<Context, ModelNameOfRun>('modelNameOfRun', async (c, ids) => {
  const rows = await selectModelNamesOfRuns(c.db, c.viewer, ids);
  return new Map(rows.map((row) => [row.runId, row]));
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
  /** As the file calls it, with the version where it states one: by this it is confirmed. */
  name: string;
  recordedAs: LineageNodeRow | null;
}

/** How the file of a run calls the model that was examined; null where that was not kept. */
async function modelOfRun(context: Context, runId: bigint): Promise<LogModel | null> {
  const stated = await context.load(nameOfRun, runId);
  if (stated === null) return null;
  const [recordedAs] = await upstreamBy(context, 'EVALUATED', runId);
  const name = nameToConfirm({ name: stated.name, version: stated.version ?? UNSPECIFIED });
  return { name, recordedAs: recordedAs ?? null };
}

/** For each of which candidates are looked for among all that are recorded. */
const MOST_MODELS = 50;

/** How a file calls the models that were examined, over the runs that are shown of it: each once, by name and what it is. */
export async function modelsOfImport(context: Context, row: ImportRow): Promise<LogModel[]> {
  const runs = cutList(await evalRunsOfImport(context, row));
  const models = (await Promise.all(runs.map((run) => modelOfRun(context, run.id)))).filter(
    (model) => model !== null,
  );
  const keyOf = ({ name, recordedAs }: LogModel) => JSON.stringify([name, String(recordedAs?.id)]);
  const once = [...new Map(models.map((model) => [keyOf(model), model])).values()];
  return listed(once.slice(0, MOST_MODELS), once.length);
}

const aliasByName: LoaderOf<Context, string, ModelAliasRow | null> = {
  name: 'modelAliasByName',
  batch: aliasesFor,
  absent: () => null,
};

/** The alias that the viewer's team confirmed for a name; null where there is none. */
export const aliasOfName = (context: Context, name: string): Promise<ModelAliasRow | null> =>
  context.load(aliasByName, name);

type Candidate = Pick<LineageNodeRow, 'id' | 'name' | 'version'>;

const modelsWithWordsOf: LoaderOf<Context, string, readonly Candidate[]> = {
  name: 'modelsWithWordsOfName',
  async batch({ db, viewer }, names) {
    const found = new Map<string, Candidate[]>(names.map((name) => [name, []]));
    for (const { asked, ...one } of await selectModelsWithWords(db, viewer, names.map(wordsOfName)))
      found.get(names[asked]!)!.push(one);
    return found;
  },
  absent: () => [],
};

/** The model versions that a name may mean, by what the viewer may see. */
export async function candidatesFor(
  context: Context,
  { name, recordedAs }: LogModel,
): Promise<LineageNodeRow[]> {
  const known = await context.load(modelsWithWordsOf, name);
  const alike = alikeNames(
    name,
    known.filter((one) => one.id !== recordedAs?.id),
  );
  return nodesByIds(
    context,
    alike.map((one) => one.id),
  );
}
