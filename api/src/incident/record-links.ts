// What filing and linking share: edges to what was observed, suspects, relations and reports.
import type { Change } from '../access/change.ts';
import type { Told } from '../access/guards.store.ts';
import { narrowest } from '../access/narrowest.ts';
import { isEmbargoed, seenWithNode } from '../access/told-visibility.ts';
import type { Context } from '../context.ts';
import { ensureTag } from '../dataset/ensure-tag.ts';
import type { LineageNodeRow, VisibilityWord } from '../lineage/node.ts';
import { formatNodeRef } from '../lineage/node-ref.ts';
import { checkUrl } from '../lineage/record-citation.ts';
import { insertEdges } from '../lineage/record-edges.ts';
import { type RefToResolve, resolveRefs } from '../lineage/resolve-refs.ts';
import type { Tx } from '../platform/database.ts';
import { type InputPath, InputRefusal } from '../platform/refusal.ts';
import { touchIncident } from './incident.store.ts';
import type { ReportInput, SuspectKind } from './incident.ts';

export interface LinksInput {
  modelVersions?: string[] | null;
  evalRuns?: string[] | null;
  suspects?: string[] | null;
  suspectTags?: string[] | null;
  suspectReason?: string | null;
  related?: { incident: string; relation: string; note?: string | null }[] | null;
  reports?: ReportInput[] | null;
}

export interface ResolvedLinks {
  modelVersions: LineageNodeRow[];
  evalRuns: LineageNodeRow[];
  suspects: LineageNodeRow[];
  related: LineageNodeRow[];
}

const SUSPECT_KINDS = ['SOURCE', 'DATASET_VERSION', 'TRAINING_RUN'] as const;

/** Resolves all that a filing or linking names, at once; in `tx` where there is one. */
export async function resolveLinks(
  context: Pick<Context, 'viewer' | 'ids' | 'db'>,
  input: LinksInput,
  tx?: Tx,
): Promise<ResolvedLinks> {
  const lists = [
    { name: 'modelVersions', refs: input.modelVersions ?? [], kinds: ['MODEL_VERSION'] as const },
    { name: 'evalRuns', refs: input.evalRuns ?? [], kinds: ['EVAL_RUN'] as const },
    { name: 'suspects', refs: input.suspects ?? [], kinds: SUSPECT_KINDS },
  ];
  const refs: RefToResolve[] = lists.flatMap(({ name, refs, kinds }) =>
    refs.map((ref, i) => ({ ref, path: [name, i], kinds })),
  );
  const related = (input.related ?? []).map((r, i) => ({
    ref: r.incident,
    path: ['related', i, 'incident'],
    kinds: ['INCIDENT' as const],
  }));
  const { viewer, ids, db } = context;
  const nodes = await resolveRefs({ viewer, ids, db, ...(tx && { tx }) }, [...refs, ...related]);
  const take = (count: number) => nodes.splice(0, count);
  return {
    modelVersions: take(lists[0]!.refs.length),
    evalRuns: take(lists[1]!.refs.length),
    suspects: take(lists[2]!.refs.length),
    related: nodes,
  };
}

/** Something that was linked or taken back, as its event names it, and what whoever reads that has to see. */
export interface Linked {
  name: string;
  tells: Told;
  /** The team whose word it was that was taken back. */
  takenFrom?: bigint;
}

/** The ids of the rows that links became, each list in the order in which its links were named. */
interface RecordedLinks {
  /** To model versions, then to eval runs. */
  edges: bigint[];
  suspects: bigint[];
  related: bigint[];
  reports: bigint[];
}

/**
 * What was linked. Whoever reads of it has to see the row that says so, too: it is the word of whoever linked, which may be
 * for another team than the incident's to see.
 */
export function linkedThings(links: ResolvedLinks, input: LinksInput, recorded: RecordedLinks): Linked[] {
  const nameOf = (node: LineageNodeRow) => formatNodeRef({ ...node, name: node.name ?? 'draft' });
  const linked = (names: readonly string[], as: keyof Told, ids: readonly bigint[]) =>
    names.map((name, i) => ({ name, tells: { [as]: [ids[i]!] } }));
  return [
    ...linked([...links.modelVersions, ...links.evalRuns].map(nameOf), 'incidentLink', recorded.edges),
    ...linked([...links.suspects.map(nameOf), ...(input.suspectTags ?? [])], 'suspect', recorded.suspects),
    ...linked(links.related.map(nameOf), 'relatedIncident', recorded.related),
    ...linked(
      (input.reports ?? []).map(({ title }) => title),
      'report',
      recorded.reports,
    ),
  ];
}

/** Records the links of an incident, as widely visible as the incident. */
export async function recordLinks(
  change: Change,
  incident: { id: bigint; visibility: VisibilityWord },
  input: LinksInput,
  links: ResolvedLinks,
): Promise<RecordedLinks> {
  const { id, visibility } = incident;
  const wanted = [
    ...links.modelVersions.map((node, i) => ({
      kind: 'EXHIBITED_BY' as const,
      node,
      path: ['modelVersions', i],
    })),
    ...links.evalRuns.map((node, i) => ({ kind: 'OBSERVED_IN' as const, node, path: ['evalRuns', i] })),
  ];
  const edges = await insertEdges(
    change,
    wanted.map(({ kind, node }) => ({ kind, downstream: id, upstream: node.id, visibility })),
    (i): InputPath => wanted[i]?.path ?? [],
  );
  const suspects = await insertSuspects(
    change,
    incident,
    links.suspects,
    input.suspectTags ?? [],
    input.suspectReason ?? null,
  );
  const related = await insertRelated(change, incident, input.related ?? [], links.related);
  return { edges, suspects, related, reports: await insertReports(change, incident, input.reports ?? []) };
}

async function insertRelated(
  change: Change,
  { id, visibility }: { id: bigint; visibility: VisibilityWord },
  related: NonNullable<LinksInput['related']>,
  others: readonly LineageNodeRow[],
): Promise<bigint[]> {
  related.forEach((r, i) => {
    if (others[i]?.id === id)
      throw new InputRefusal(
        ['related', i, 'incident'],
        'An incident cannot be related to itself.',
        'another incident',
      );
    if (r.relation.trim() === '')
      throw new InputRefusal(['related', i, 'relation'], 'The relation is empty.', 'such as "follows"');
  });
  if (related.length === 0) return [];
  const made = await change.tx.relatedIncident.createManyAndReturn({
    data: related.map((r, i) => ({
      incidentId: id,
      otherId: others[i]!.id,
      relation: r.relation,
      note: r.note ?? null,
      visibility,
      teamId: change.teamId,
      actorId: change.by.actorId,
    })),
    select: { id: true },
  });
  return made.map((row) => row.id);
}

/**
 * Records suspects: nodes by `suspects.N`, content tags by `suspectTags.N` (made where there is none yet). A tag has no
 * embargo of its own, so that of an incident under one stays with the team (decision 41).
 */
export async function insertSuspects(
  change: Change,
  incident: { id: bigint; visibility: VisibilityWord },
  nodes: readonly LineageNodeRow[],
  tags: readonly string[],
  reason: string | null,
): Promise<bigint[]> {
  if (nodes.length + tags.length === 0) return [];
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  const { id, visibility } = incident;
  const rows: { kind: SuspectKind; nodeId: bigint | null; contentTagId: bigint | null; path: InputPath }[] =
    nodes.map((node, i) => ({
      kind: node.kind as SuspectKind,
      nodeId: node.id,
      contentTagId: null,
      path: ['suspects', i],
    }));
  const held = tags.length > 0 && (await isEmbargoed(change.tx, id));
  for (const [i, name] of tags.entries()) {
    const shown = held ? narrowest(visibility, 'TEAM') : visibility;
    const contentTagId = await ensureTag(change, name, ['suspectTags', i], shown);
    rows.push({ kind: 'CONTENT_TAG', nodeId: null, contentTagId, path: ['suspectTags', i] });
  }
  const seen = new Set<string>();
  for (const row of rows) {
    const key = `${row.nodeId} ${row.contentTagId}`;
    if (seen.has(key)) throw new InputRefusal(row.path, 'This suspect is named twice.', 'each suspect once');
    seen.add(key);
  }
  const made = await change.tx.suspect.createManyAndReturn({
    data: rows.map(({ path: _path, ...row }) => ({ ...row, incidentId: id, reason, visibility, ...by })),
    select: { id: true },
  });
  return made.map((row) => row.id);
}

async function insertReports(
  change: Change,
  incident: { id: bigint; visibility: VisibilityWord },
  reports: readonly ReportInput[],
): Promise<bigint[]> {
  reports.forEach((report, i) => {
    if (report.title.trim() === '')
      throw new InputRefusal(['reports', i, 'title'], 'The title is empty.', 'a title');
    checkUrl(report.url, ['reports', i, 'url']);
  });
  if (reports.length === 0) return [];
  const made = await change.tx.report.createManyAndReturn({
    data: reports.map((report) => ({
      incidentId: incident.id,
      title: report.title,
      publisher: report.publisher ?? null,
      url: report.url ?? null,
      author: report.author ?? null,
      publishedAt: report.publishedAt ?? null,
      language: report.language ?? null,
      visibility: incident.visibility,
      teamId: change.teamId,
      actorId: change.by.actorId,
    })),
    select: { id: true },
  });
  return made.map((row) => row.id);
}

/**
 * Tells that something about the incident changed, so that its `updatedAt` moves on; not where somebody sees the incident
 * and not all that `tells` names, who must not read from the date that something happened.
 */
export async function markChanged(change: Change, incidentId: bigint, tells: Told): Promise<void> {
  if (await seenWithNode(change.tx, incidentId, tells)) await touchIncident(change.tx, incidentId);
}
