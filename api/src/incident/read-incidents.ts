import type { Context } from '../context.ts';
import { findNamed } from '../evaluation/find-named.ts';
import { measurementsOfRun, pageOfNodes, upstreamOf } from '../evaluation/read-eval-runs.ts';
import { behaviorById } from '../evaluation/read-evaluations.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import { nodeById, nodesByIds } from '../lineage/read-nodes.ts';
import { labelOf } from '../lineage/records.ts';
import { resolveRefs } from '../lineage/resolve-refs.ts';
import { joined, listed, totalOf } from '../platform/listed.ts';
import { groupRows, loadEach, loadsMany, loadsOne } from '../platform/loader.ts';
import { listPage, listUnder } from '../platform/nested-page.ts';
import type { PageArguments } from '../platform/page.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { checkLength } from '../platform/text-length.ts';
import {
  selectBehaviorIds,
  selectIdByKey,
  selectIncidentFacts,
  selectRelatedOf,
  selectReports,
  selectReportsOf,
  selectSuspects,
  selectSuspectsOf,
} from './incident.store.ts';
import { type BriefIncident, type IncidentFacts, LONGEST_TITLE } from './incident.ts';
import {
  type IncidentFilter,
  type IncidentOrderField,
  incidentList,
  incidentsUnderBehavior,
  incidentsUnderModelVersion,
  incidentsUnderRun,
  selectSimilarCandidates,
} from './incident-list.store.ts';
import { similarityTo, tellingWords } from './similarity.ts';

const byId = <R extends { id: bigint }>(rows: readonly R[]) => new Map(rows.map((row) => [row.id, row]));

export const incidentFacts = loadsOne('incidentFacts', async (c: Context, ids) => {
  const rows = await selectIncidentFacts(c.db, c.viewer, ids);
  return new Map(rows.map((row) => [row.nodeId, row]));
});
export const suspectById = loadsOne('suspectById', async (c: Context, ids) =>
  byId(await selectSuspects(c.db, c.viewer, ids)),
);
export const reportById = loadsOne('reportById', async (c: Context, ids) =>
  byId(await selectReports(c.db, c.viewer, ids)),
);

export const suspectsOfIncident = loadsMany('suspectsOfIncident', async (c: Context, ids) =>
  groupRows(await selectSuspectsOf(c.db, c.viewer, ids), (row) => row.incidentId),
);
export const reportsOfIncident = loadsMany('reportsOfIncident', async (c: Context, ids) =>
  groupRows(await selectReportsOf(c.db, c.viewer, ids), (row) => row.incidentId),
);
export const relatedOfIncident = loadsMany('relatedOfIncident', async (c: Context, ids) =>
  groupRows(await selectRelatedOf(c.db, c.viewer, ids), (row) => row.incidentId),
);
const behaviorIdsOfIncident = loadsMany('behaviorIdsOfIncident', async (c: Context, ids) => {
  const groups = groupRows(await selectBehaviorIds(c.db, c.viewer, ids), (row) => row.incidentId);
  return new Map([...groups].map(([incident, rows]) => [incident, rows.map((row) => row.behaviorId)]));
});

export const behaviorsOfIncident = loadsMany('behaviorsOfIncident', async (c: Context, ids) => {
  const named = await loadEach(c, behaviorIdsOfIncident, ids);
  const behaviors = await loadEach(c, behaviorById, [...named.values()].flat());
  const seen = (of: bigint[]) => of.flatMap((behavior) => behaviors.get(behavior) ?? []);
  return new Map([...named].map(([incident, of]) => [incident, seen(of)]));
});

export const evalRunsOfIncident = upstreamOf('OBSERVED_IN');

/** Linked to the incident, or examined by an eval run that is: each once, the linked ones first. */
export const modelVersionsOfIncident = loadsMany('modelVersionsOfIncident', async (c: Context, ids) => {
  const [linked, runs] = await Promise.all([
    loadEach(c, upstreamOf('EXHIBITED_BY'), ids),
    loadEach(c, evalRunsOfIncident, ids),
  ]);
  const examined = await loadEach(c, upstreamOf('EVALUATED'), idsIn(runs));
  return new Map(
    ids.map((id) => {
      const lists = [linked.get(id)!, ...runs.get(id)!.map((run) => examined.get(run.id)!)];
      const whole = [runs.get(id)!, ...lists].every((list) => totalOf(list) === list.length);
      const nodes = [...new Map(lists.flat().map((node) => [node.id, node])).values()];
      return [id, listed(nodes, whole ? nodes.length : null)];
    }),
  );
});

export const measurementsOfIncident = loadsMany('measurementsOfIncident', async (c: Context, ids) => {
  const runs = await loadEach(c, evalRunsOfIncident, ids);
  const measured = await loadEach(c, measurementsOfRun, idsIn(runs));
  return new Map(
    [...runs].map(([id, of]) => [
      id,
      joined(
        of.map((run) => measured.get(run.id)!),
        totalOf(of) === of.length,
      ),
    ]),
  );
});

const idsIn = (lists: ReadonlyMap<bigint, readonly { id: bigint }[]>) =>
  [...lists.values()].flat().map(({ id }) => id);

export async function incidentByKey(context: Context, key: string): Promise<LineageNodeRow | null> {
  const id = await selectIdByKey(context.db, context.viewer, key.trim().toUpperCase());
  return id === null ? null : context.load(nodeById, id);
}

const underModelVersion = listUnder<Context, PageArguments, { id: bigint }>('incidentsOfModelVersion', (c) =>
  incidentsUnderModelVersion(c.viewer),
);
export const incidentsOfModelVersion = async (context: Context, id: bigint, args: PageArguments) =>
  pageOfNodes(context, await underModelVersion(context, id, args));
const underRun = listUnder<Context, PageArguments, { id: bigint }>('incidentsOfRun', (c) =>
  incidentsUnderRun(c.viewer),
);
export const incidentsOfRun = async (context: Context, id: bigint, args: PageArguments) =>
  pageOfNodes(context, await underRun(context, id, args));
const underBehavior = listUnder<Context, PageArguments, { id: bigint }>('incidentsOfBehavior', (c) =>
  incidentsUnderBehavior(c.viewer),
);
export const incidentsOfBehavior = async (context: Context, id: bigint, args: PageArguments) =>
  pageOfNodes(context, await underBehavior(context, id, args));

export type IncidentListArguments = PageArguments & {
  filter?: IncidentFilter | null;
  search?: string | null;
  orderBy?: { field: IncidentOrderField; direction: 'ASC' | 'DESC' } | null;
};

const listAsked = (context: Context, args: IncidentListArguments, shown: 'whole' | 'brief') =>
  incidentList(
    context.viewer,
    args.filter ?? {},
    args.search ?? null,
    args.orderBy ?? { field: 'RECORDED_AT', direction: 'DESC' },
    shown,
  );

/** The same list, of whose incidents less is read; with the cursors of its rows where they are `told`. */
export const listIncidentsBriefly = (context: Context, args: IncidentListArguments, told: boolean) =>
  listPage<BriefIncident>(context, args, listAsked(context, args, 'brief'), told);

export async function listIncidents(context: Context, args: IncidentListArguments) {
  const list = listAsked(context, args, 'whole');
  const page = await listPage<LineageNodeRow & IncidentFacts>(context, args, list);
  return { ...page, nodes: page.nodes.map((row) => listedIncident(context, row)) };
}

/** A row that is the node and its facts at once: whoever asks for either finds it read. */
function listedIncident(context: Context, row: LineageNodeRow & IncidentFacts): LineageNodeRow {
  context.loaders.give(nodeById, row.id, row);
  context.loaders.give(incidentFacts, row.id, row);
  return row;
}

export interface SimilarIncident {
  incident: LineageNodeRow;
  similarity: number;
  reasons: string[];
}

const ALIKE = 0.25;
/** Characters of a summary that are compared with those of others; the web sends the beginning of a longer one. */
const LONGEST_COMPARED = 20_000;

/** Visible incidents that may be about the same, the most alike first, with what makes them so. */
export async function similarIncidents(
  context: Context,
  asked: {
    title: string;
    summary?: string | null;
    modelVersions?: string[] | null;
    behaviors?: string[] | null;
    first?: number | null;
  },
): Promise<SimilarIncident[]> {
  checkLength(asked.title, LONGEST_TITLE, ['title'], 'The title');
  checkLength(asked.summary ?? '', LONGEST_COMPARED, ['summary'], 'The summary');
  const first = asked.first ?? 5;
  if (first < 0 || first > 50) throw new InputRefusal(['first'], 'first must be from 0 to 50.', '0 to 50');
  const models = await resolveRefs(
    context,
    (asked.modelVersions ?? []).map((ref, i) => ({
      ref,
      path: ['modelVersions', i],
      kinds: ['MODEL_VERSION' as const],
    })),
  );
  const behaviors = [
    ...(await findNamed(context.db, context.viewer, 'behavior', asked.behaviors ?? [])).values(),
  ];
  const candidates = await selectSimilarCandidates(context.db, context.viewer, {
    words: tellingWords(`${asked.title} ${asked.title} ${asked.summary ?? ''}`),
    behaviorIds: behaviors.map((b) => b.id),
    modelIds: models.map((m) => m.id),
  });
  const behaviorName = new Map(behaviors.map((b) => [String(b.id), b.name]));
  const modelName = new Map(models.map((m) => [String(m.id), labelOf(m)]));
  const named = (ids: readonly string[], names: ReadonlyMap<string, string>) =>
    ids.flatMap((id) => names.get(id) ?? []);
  const likeness = similarityTo({
    title: asked.title,
    summary: asked.summary ?? '',
    behaviors: [...behaviorName.values()],
    models: [...modelName.values()],
  });
  const found = candidates
    .map((c) => ({
      id: c.id,
      ...likeness({
        title: c.title,
        summary: c.summary,
        behaviors: named(c.behaviorIds, behaviorName),
        models: named(c.modelIds, modelName),
      }),
    }))
    .filter((c) => c.similarity >= ALIKE && c.reasons.length > 0)
    .sort((a, b) => b.similarity - a.similarity || (a.id < b.id ? 1 : -1))
    .slice(0, first);
  const nodes = new Map(
    (
      await nodesByIds(
        context,
        found.map((c) => c.id),
      )
    ).map((node) => [node.id, node]),
  );
  return found.flatMap(({ id, ...rest }) => {
    const incident = nodes.get(id);
    return incident === undefined ? [] : [{ incident, ...rest }];
  });
}
