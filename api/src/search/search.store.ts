import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { contains } from '../platform/contains.ts';
import type { OrderTerm } from '../platform/page.ts';
import type { SearchTerms } from './search.ts';

export interface HitRow {
  id: bigint;
  kind: string;
  namespace: string;
  name: string | null;
  version: string | null;
  label: string;
  title: string | null;
  more: string | null;
}

const prefix = (text: string) => contains(text).slice(1);

/** Nodes and named things that hold every word: exact names first, then beginnings, then anything else. */
export function hitList(viewer: Viewer, terms: SearchTerms, kinds: readonly string[] | null) {
  const nodeKinds = kinds === null ? Prisma.sql`true` : Prisma.sql`n.kind::text = any(${[...kinds]}::text[])`;
  const named = (kind: string, table: string, title: string, more: string) => Prisma.sql`
    union all
    select x.id, ${kind}::text, x.namespace, x.name, null::text,
      case when x.namespace = '' then x.name else x.namespace || '/' || x.name end,
      ${Prisma.raw(title)}, ${Prisma.raw(more)}
    from ${Prisma.raw(table)} x where ${visible(viewer, 'x')}`;
  // A filter by kinds of lineage nodes asks for nodes alone.
  const things =
    kinds === null
      ? Prisma.sql`
        ${named('DATASET', 'dataset', 'x.title', 'x.description')}
        ${named('MODEL', 'model', 'x.title', "concat_ws(' ', x.developer, x.description)")}
        ${named('EVALUATION', 'evaluation', 'x.title', 'x.description')}
        ${named('BEHAVIOR', 'behavior', 'x.title', 'x.description')}
        ${named('CONTENT_TAG', 'content_tag', 'null::text', 'x.description')}`
      : Prisma.empty;
  const words = terms.words.map(
    (word) =>
      Prisma.sql`(h.label ilike ${contains(word)} or h.title ilike ${contains(word)} or h.more ilike ${contains(word)})`,
  );
  const holds = words.length === 0 ? Prisma.sql`false` : Prisma.join(words, ' and ');
  const body = Prisma.sql`
    from (
      select n.id, n.kind::text as kind, n.namespace, n.name, n.version,
        case when n.namespace = '' then '' else n.namespace || '/' end || coalesce(n.name, 'draft') || coalesce('@' || n.version, '') as label,
        coalesce(i.title, s.title) as title, coalesce(i.summary, s.description) as more
      from node n left join incident i on i.node_id = n.id left join source s on s.node_id = n.id
      where n.retracted_at is null and ${visible(viewer, 'n')} and ${nodeKinds}
      ${things}) h
    where ${holds}`;
  const { whole } = terms;
  const rank = Prisma.sql`case
    when lower(h.name) = ${whole}::text or lower(h.label) = ${whole}::text or lower(h.title) = ${whole}::text then 0
    when h.name ilike ${prefix(whole)} or h.label ilike ${prefix(whole)} or h.title ilike ${prefix(whole)} then 1
    when h.label ilike ${contains(whole)} or h.title ilike ${contains(whole)} then 2
    else 3 end`;
  const order: OrderTerm[] = [
    { name: 'rank', sql: rank, type: 'int', direction: 'asc' },
    { name: 'length', sql: Prisma.raw('length(h.label)'), type: 'int', direction: 'asc' },
    { name: 'label', sql: Prisma.raw('h.label collate "C"'), type: 'text', direction: 'asc' },
    { name: 'kind', sql: Prisma.raw('h.kind collate "C"'), type: 'text', direction: 'asc' },
    { name: 'id', sql: Prisma.raw('h.id'), type: 'bigint', direction: 'asc' },
  ];
  const columns = Prisma.sql`h.id, h.kind, h.namespace, h.name, h.version, h.label, h.title, h.more`;
  return { columns, body, order };
}
