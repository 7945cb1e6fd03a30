import type { Context } from '../../context.ts';
import { type LoaderOf, loadsOne } from '../../platform/loader.ts';
import type { ListPage } from '../../platform/nested-page.ts';
import type { PageArguments } from '../../platform/page.ts';
import { InputRefusal } from '../../platform/refusal.ts';
import { DIGEST_FORM, type Digest, parseDigest } from './digest.ts';
import {
  pageOfDigest,
  pageOfDocuments,
  pageOfSightings,
  selectHandleCounts,
  selectHandles,
  selectLoads,
  selectSightingsOf,
} from './document.store.ts';
import type { DocumentRow, LoadRow, SightingRow } from './document.ts';
import { LONGEST_ID } from './document-line.ts';

/** The sightings of one document that are listed; a run that went over it oftener is asked by its steps. */
export const MOST_SIGHTINGS = 100;

type Place = { datasetVersionId: bigint; document: string };

const keyOf = ({ datasetVersionId, document }: Place) => `${datasetVersionId} ${document}`;

function placeOf(key: string): Place {
  const space = key.indexOf(' ');
  return { datasetVersionId: BigInt(key.slice(0, space)), document: key.slice(space + 1) };
}

const handleAt: LoaderOf<Context, string, DocumentRow | null> = {
  name: 'documentHandle',
  absent: () => null,
  batch: async (context, keys) => {
    const rows = await selectHandles(context.db, context.viewer, keys.map(placeOf));
    return new Map(rows.map((row) => [keyOf(row), row]));
  },
};

const sightingsAt: LoaderOf<Context, string, SightingRow[]> = {
  name: 'documentSightings',
  absent: () => [],
  batch: async (context, keys) => {
    const found = new Map<string, SightingRow[]>(keys.map((key) => [key, []]));
    const places = keys.map(placeOf);
    for (const row of await selectSightingsOf(context.db, context.viewer, places, MOST_SIGHTINGS))
      found.get(keyOf(row))?.push(row);
    return found;
  },
};

const loadById: LoaderOf<Context, number, LoadRow | null> = {
  name: 'documentLoad',
  absent: () => null,
  batch: async (context, ids) => new Map((await selectLoads(context.db, ids)).map((row) => [row.id, row])),
};

const handleCount = loadsOne<Context, bigint>('documentCount', (context, ids) =>
  selectHandleCounts(context.db, context.viewer, ids),
);

function refuseLongId(text: string, path: string): void {
  if (text.length > LONGEST_ID)
    throw new InputRefusal([path], 'The id is too long.', `at most ${LONGEST_ID} characters`);
}

function digestOf(text: string): Digest {
  const digest = parseDigest(text);
  if (digest === null)
    throw new InputRefusal(['digest'], `"${text.slice(0, 140)}" is no digest.`, DIGEST_FORM);
  return digest;
}

/** The documents of a version that the viewer sees, by id. InputRefusal for what is no digest, or a prefix too long. */
export function documentsOf(
  context: Context,
  datasetVersionId: bigint,
  which: { idPrefix?: string | null; digest?: string | null },
  args: PageArguments,
): Promise<ListPage<DocumentRow>> {
  const { idPrefix = null, digest } = which;
  refuseLongId(idPrefix ?? '', 'idPrefix');
  const wanted = {
    idPrefix: idPrefix === '' ? null : idPrefix,
    digest: digest == null ? null : digestOf(digest),
  };
  return pageOfDocuments(context, datasetVersionId, wanted, args);
}

/** The document of a version with this id; null where there is none. */
export function documentOf(
  context: Context,
  datasetVersionId: bigint,
  document: string,
): Promise<DocumentRow | null> {
  refuseLongId(document, 'id');
  return context.load(handleAt, keyOf({ datasetVersionId, document }));
}

/** Every document with this digest, in all dataset versions that the viewer sees. */
export function documentsWithDigest(
  context: Context,
  digest: string,
  args: PageArguments,
): Promise<ListPage<DocumentRow>> {
  return pageOfDigest(context, digestOf(digest), args);
}

/** What a training run saw from one step to another, both included. */
export function documentsSeen(
  context: Context,
  trainingRunId: bigint,
  steps: { fromStep?: bigint | null; toStep?: bigint | null },
  args: PageArguments,
): Promise<ListPage<SightingRow>> {
  const { fromStep = null, toStep = null } = steps;
  return pageOfSightings(context, trainingRunId, { from: fromStep, to: toStep }, args);
}

export const sightingsOf = (context: Context, row: DocumentRow) => context.load(sightingsAt, keyOf(row));
export const handleOf = (context: Context, row: SightingRow) => context.load(handleAt, keyOf(row));
export const loadOf = (context: Context, row: { loadId: number }) => context.load(loadById, row.loadId);
export const countOfDocuments = async (context: Context, id: bigint) =>
  (await context.load(handleCount, id)) ?? 0n;
