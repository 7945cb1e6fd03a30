import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
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

/** What a typed reference may mean: nodes and aliases that hold now, with the namespace they were found in. */
export async function selectByRefs(
  db: Reader,
  viewer: Viewer,
  wanted: readonly { kind: LineageNodeKind; namespace: string; name: string; version: string | null }[],
): Promise<LineageNodeRow[]> {
  if (wanted.length === 0) return [];
  const rows = Prisma.join(
    wanted.map(
      (w) => Prisma.sql`(${w.kind}::text, ${w.namespace}::text, ${w.name}::text, ${w.version}::text)`,
    ),
  );
  return db.$queryRaw<LineageNodeRow[]>`
    with wanted(kind, namespace, name, version) as (values ${rows})
    select ${nodeColumns('n')} from wanted w
    join node n on n.kind = w.kind::node_kind and n.namespace = w.namespace and n.name = w.name
      and n.version is not distinct from w.version
    where n.retracted_at is null and ${visible(viewer, 'n')}`;
}

/** Where an alias leads: the canonical node, under the alias's own names. */
export async function selectAliases(
  db: Reader,
  viewer: Viewer,
  wanted: readonly { kind: LineageNodeKind; namespace: string; name: string; version: string | null }[],
): Promise<(LineageNodeRow & { aliasNamespace: string; aliasName: string; aliasVersion: string | null })[]> {
  if (wanted.length === 0) return [];
  const rows = Prisma.join(
    wanted.map(
      (w) => Prisma.sql`(${w.kind}::text, ${w.namespace}::text, ${w.name}::text, ${w.version}::text)`,
    ),
  );
  return db.$queryRaw`
    with wanted(kind, namespace, name, version) as (values ${rows})
    select ${nodeColumns('n')}, a.namespace as "aliasNamespace", a.name as "aliasName", a.version as "aliasVersion"
    from wanted w
    join alias a on a.kind = w.kind::node_kind and a.namespace = w.namespace and a.name = w.name
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
