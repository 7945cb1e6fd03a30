import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { contains } from '../platform/contains.ts';
import type { Db } from '../platform/database.ts';
import type { LineageNodeKind } from './kinds.ts';
import type { LineageNodeRow } from './node.ts';
import type { NodeRef } from './node-ref.ts';
import { known, nodeColumns } from './node-sql.ts';

type Reader = Pick<Db, '$queryRaw'>;

export { nodeColumns };

/** Nodes by id that the viewer may see, retracted ones included. */
export async function selectNodes(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
): Promise<LineageNodeRow[]> {
  if (ids.length === 0) return [];
  return db.$queryRaw<LineageNodeRow[]>`
    select ${nodeColumns('n')} from node n
    where n.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'n')}`;
}

/** The model versions that were recorded last, of those known on a moment: at most `most`, the newest first. */
export async function selectNewestModelVersions(
  db: Reader,
  viewer: Viewer,
  on: Date,
  most: number,
): Promise<LineageNodeRow[]> {
  return db.$queryRaw<LineageNodeRow[]>`
    select ${nodeColumns('n')} from node n
    where n.kind = 'MODEL_VERSION' and ${visible(viewer, 'n')} and ${known('n', on)}
    order by n.recorded_at desc, n.id desc limit ${most}`;
}

/** A node that holds now, under the name by which it was found: its own, or an alias that leads to it. */
export interface FoundNode extends LineageNodeRow {
  foundNamespace: string;
  foundName: string;
  foundVersion: string | null;
  byAlias: boolean;
}

/** What typed references may mean: nodes and aliases that hold now, in one statement whatever their number. */
export async function selectNamed(
  db: Reader,
  viewer: Viewer,
  wanted: readonly { kind: LineageNodeKind; namespace: string; name: string; version: string | null }[],
): Promise<FoundNode[]> {
  if (wanted.length === 0) return [];
  // No version is empty, so that '' stands for none: a list of texts then holds no null.
  return db.$queryRaw<FoundNode[]>`
    with wanted as materialized (
      select w.kind::node_kind as kind, w.namespace, w.name, nullif(w.version, '') as version
      from unnest(${wanted.map((w) => w.kind)}::text[], ${wanted.map((w) => w.namespace)}::text[],
        ${wanted.map((w) => w.name)}::text[], ${wanted.map((w) => w.version ?? '')}::text[])
        as w(kind, namespace, name, version))
    select ${nodeColumns('n')}, n.namespace as "foundNamespace", n.name as "foundName",
      n.version as "foundVersion", false as "byAlias"
    from wanted w
    join node n on n.kind = w.kind and n.namespace = w.namespace and n.name = w.name
      and n.version is not distinct from w.version
    where n.retracted_at is null and ${visible(viewer, 'n')}
    union all
    select ${nodeColumns('n')}, a.namespace, a.name, a.version, true
    from wanted w
    join alias a on a.kind = w.kind and a.namespace = w.namespace and a.name = w.name
      and a.version is not distinct from w.version
    join node n on n.id = a.node_id
    where a.retracted_at is null and n.retracted_at is null and ${visible(viewer, 'a')} and ${visible(viewer, 'n')}`;
}

/** Visible nodes of one kind with a like name, for "did you mean". */
export async function selectLikeNames(db: Reader, viewer: Viewer, ref: NodeRef): Promise<LineageNodeRow[]> {
  const pattern = contains(ref.name);
  return db.$queryRaw<LineageNodeRow[]>`
    select ${nodeColumns('n')} from node n
    where n.kind = ${ref.kind}::node_kind and n.retracted_at is null and ${visible(viewer, 'n')}
      and (n.name ilike ${pattern} or ${ref.name} ilike '%' || replace(replace(n.name, '\\', ''), '%', '') || '%')
    order by length(n.name), n.id limit 5`;
}

/** Namespaces of the teams that the viewer asserts for, first team first. */
export async function selectNamespaces(db: Reader, teamIds: readonly bigint[]): Promise<string[]> {
  if (teamIds.length === 0) return [];
  const rows = await db.$queryRaw<{ id: bigint; namespace: string }[]>`
    select id, namespace from team where id = any(${[...teamIds]}::bigint[])`;
  return teamIds.flatMap((id) => rows.filter((row) => row.id === id).map((row) => row.namespace));
}
