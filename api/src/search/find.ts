import type { Context } from '../context.ts';
import { contentTagById, datasetById } from '../dataset/read-datasets.ts';
import { behaviorById, evaluationById } from '../evaluation/read-evaluations.ts';
import type { LineageNodeKind } from '../lineage/kinds.ts';
import { formatNodeRef } from '../lineage/node-ref.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { modelById } from '../model/read-models.ts';
import type { LoaderOf } from '../platform/loader.ts';
import { listPage } from '../platform/nested-page.ts';
import type { PageArguments } from '../platform/page.ts';
import { type HitRow, hitList } from './search.store.ts';
import { searchTerms, snippet } from './search.ts';

export interface SearchResult {
  id: bigint;
  kind: string;
  label: string;
  ref: string | null;
  snippet: string | null;
}

const NAMED = {
  DATASET: datasetById,
  MODEL: modelById,
  EVALUATION: evaluationById,
  BEHAVIOR: behaviorById,
  CONTENT_TAG: contentTagById,
} satisfies Record<string, LoaderOf<Context, bigint, object | null>>;
export type NamedKind = keyof typeof NAMED;

export const isNamed = (kind: string): kind is NamedKind => Object.hasOwn(NAMED, kind);

/** One page of what the viewer may see that holds every word of the query. */
export async function find(
  context: Context,
  args: PageArguments & { query: string; kinds?: readonly LineageNodeKind[] | null },
) {
  const terms = searchTerms(args.query);
  const kinds = args.kinds == null || args.kinds.length === 0 ? null : args.kinds;
  const found = await listPage<HitRow>(context, args, hitList(context.viewer, terms, kinds));
  return { ...found, nodes: found.nodes.map((row) => shown(row, terms.words)) };
}

function shown(row: HitRow, words: readonly string[]): SearchResult {
  const { id, kind, title } = row;
  const isDraft = !isNamed(kind) && row.name === null;
  return {
    id,
    kind,
    label: isDraft ? (title ?? 'draft') : row.label,
    ref:
      isNamed(kind) || row.name === null
        ? null
        : formatNodeRef({
            kind: kind as LineageNodeKind,
            namespace: row.namespace,
            name: row.name,
            version: row.version,
          }),
    snippet: title ?? snippet(row.more, words),
  };
}

/** The row behind a result: null where it is gone since. */
export function rowOf(context: Context, result: SearchResult): Promise<object | null> {
  return isNamed(result.kind)
    ? context.load<bigint, object | null>(NAMED[result.kind], result.id)
    : context.load<bigint, object | null>(nodeById, result.id);
}
