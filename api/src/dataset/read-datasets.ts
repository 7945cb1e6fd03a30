import type { Context } from '../context.ts';
import { loadsAt } from '../lineage/load-at.ts';
import { namespacesOfViewer } from '../lineage/namespace-of.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import type { Tx } from '../platform/database.ts';
import { groupRows, loadsOne } from '../platform/loader.ts';
import { present } from '../platform/present.ts';
import { InputRefusal } from '../platform/refusal.ts';
import {
  pageOfDatasets,
  pageOfDatasetVersions,
  pageOfSources,
  selectDatasetByName,
  selectDatasetIds,
  selectDatasets,
  selectMeasurements,
  selectMeasurementsOf,
  selectSourceFacts,
  selectTags,
  selectTagsByName,
  selectTagsLike,
  selectTransformationFacts,
} from './dataset.store.ts';
import type {
  ContentMeasurementRow,
  ContentTagRow,
  DatasetRow,
  SourceFacts,
  TransformationFacts,
} from './dataset.ts';

const byId = <R extends { id: bigint }>(rows: readonly R[]) => new Map(rows.map((row) => [row.id, row]));

export const datasetById = loadsOne<Context, DatasetRow>('datasetById', async (context, ids) =>
  byId(await selectDatasets(context.db, context.viewer, ids)),
);
export const contentTagById = loadsOne<Context, ContentTagRow>('contentTagById', async (context, ids) =>
  byId(await selectTags(context.db, context.viewer, ids)),
);
export const contentMeasurementById = loadsOne<Context, ContentMeasurementRow>(
  'contentMeasurementById',
  async (context, ids) => byId(await selectMeasurements(context.db, context.viewer, ids)),
);
const sourceFacts = loadsOne<Context, SourceFacts>('sourceFacts', async (context, ids) =>
  byId(await selectSourceFacts(context.db, ids)),
);
const transformationFacts = loadsOne<Context, TransformationFacts>(
  'transformationFacts',
  async (context, ids) => byId(await selectTransformationFacts(context.db, ids)),
);
const datasetIdOf = loadsOne<Context, bigint>('datasetIdOf', (context, ids) =>
  selectDatasetIds(context.db, ids),
);

export const sourceFactsOf = async (context: Context, node: LineageNodeRow) =>
  present(await context.load(sourceFacts, node.id), 'The source');
export const transformationFactsOf = async (context: Context, node: LineageNodeRow) =>
  present(await context.load(transformationFacts, node.id), 'The transformation');

/** The dataset of a version; where only the version is visible, no more of it than the version's own name tells. */
export async function datasetOf(context: Context, version: LineageNodeRow): Promise<DatasetRow> {
  const id = present(await context.load(datasetIdOf, version.id), 'The dataset');
  const { namespace, visibility, teamId } = version;
  const name = version.name ?? '';
  const row = await context.load(datasetById, id);
  return row ?? { id, namespace, name, title: null, description: null, visibility, teamId };
}

export async function datasetByName(context: Context, name: string): Promise<DatasetRow | null> {
  return selectDatasetByName(context.db, context.viewer, name, await namespacesOfViewer(context));
}

export const contentMeasurementsOf = loadsAt<ContentMeasurementRow[]>(
  'contentMeasurementsOf',
  () => [],
  async (context, ids, on) =>
    groupRows(
      await selectMeasurementsOf(context.db, context.viewer, 'dataset_version_id', ids, on),
      (row) => row.datasetVersionId,
    ),
);
export const measurementsOfTag = loadsAt<ContentMeasurementRow[]>(
  'measurementsOfTag',
  () => [],
  async (context, ids, on) =>
    groupRows(
      await selectMeasurementsOf(context.db, context.viewer, 'content_tag_id', ids, on),
      (row) => row.contentTagId,
    ),
);

/** Content tags by name, as far as the viewer may see them; of several namespaces the common one. */
export async function tagsByName(
  context: Pick<Context, 'db' | 'viewer'> & { tx?: Tx },
  names: readonly string[],
): Promise<Map<string, ContentTagRow>> {
  const tags = new Map<string, ContentTagRow>();
  if (names.length === 0) return tags;
  for (const tag of await selectTagsByName(context.tx ?? context.db, context.viewer, names))
    if (!tags.has(tag.name)) tags.set(tag.name, tag);
  return tags;
}

const MOST_TAGS = 1000;

export async function tagsLike(
  context: Context,
  search: string | null,
  first: number,
): Promise<ContentTagRow[]> {
  if (first < 0 || first > MOST_TAGS)
    throw new InputRefusal(['first'], `first must be from 0 to ${MOST_TAGS}.`, `0 to ${MOST_TAGS}`);
  return selectTagsLike(context.db, context.viewer, search, first);
}

export { pageOfDatasets, pageOfDatasetVersions, pageOfSources };
