import type { Context } from '../context.ts';
import type { EdgeKind } from '../lineage/kinds.ts';
import { loadsAt } from '../lineage/load-at.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import { nodesByIds } from '../lineage/read-nodes.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { seenNow } from '../lineage/source-on.ts';
import { cutList, listed, totalOf } from '../platform/listed.ts';
import { groupRows, type LoaderOf, loadEach, loadsMany, loadsOne } from '../platform/loader.ts';
import { type ListPage, listPage, listUnder } from '../platform/nested-page.ts';
import type { PageArguments } from '../platform/page.ts';
import {
  measurementsUnderBehavior,
  runList,
  runsUnderEvaluationVersion,
  runsUnderModelVersion,
  selectBriefMeasurementsOfRuns,
  selectEnds,
  selectEvalRunFacts,
  selectGraderIdsOfRuns,
  selectMeasurements,
  selectMeasurementsOfModels,
  selectMeasurementsOfRuns,
  selectMeasurementsOfRunsOn,
  selectReportedResults,
  selectReportedResultsOfIncidents,
  selectRetractedMeasurementsOfRuns,
  selectScores,
  selectScoresOfRuns,
  selectUpstream,
} from './eval-run.store.ts';
import type { BriefMeasurement, MeasurementRow } from './evaluation.ts';
import { evaluationVersionById, graderVersionById } from './read-evaluations.ts';

const byId = <R extends { id: bigint }>(rows: readonly R[]) => new Map(rows.map((row) => [row.id, row]));

export const evalRunFacts = loadsOne('evalRunFacts', async (c: Context, ids) => {
  const rows = await selectEvalRunFacts(c.db, c.viewer, ids);
  return new Map(rows.map((row) => [row.nodeId, row]));
});
/** What was run. */
export const evaluationVersionOfRun = loadsOne('evaluationVersionOfRun', async (c: Context, ids) => {
  const facts = await loadEach(c, evalRunFacts, ids);
  const versionOf = (run: bigint) => facts.get(run)?.evaluationVersionId;
  const versions = await loadEach(
    c,
    evaluationVersionById,
    ids.flatMap((run) => versionOf(run) ?? []),
  );
  return new Map(ids.map((run) => [run, versions.get(versionOf(run) ?? 0n) ?? null]));
});
export const measurementById = loadsOne('measurementById', async (c: Context, ids) =>
  byId(await selectMeasurements(c.db, c.viewer, ids)),
);
export const scoreById = loadsOne('scoreById', async (c: Context, ids) =>
  byId(await selectScores(c.db, c.viewer, ids)),
);
export const reportedResultById = loadsOne('reportedResultById', async (c: Context, ids) =>
  byId(await selectReportedResults(c.db, c.viewer, ids)),
);

export const measurementsOfRun = loadsMany('measurementsOfRun', async (c: Context, ids) =>
  groupRows(await selectMeasurementsOfRuns(c.db, c.viewer, ids), (row) => row.evalRunId),
);

/** What was measured of a run as known on a moment; a later retraction was not known then. */
export const measurementsOfRunOn = loadsAt<MeasurementRow[]>(
  'measurementsOfRunOn',
  () => [],
  async (c, ids, on) => {
    const rows = await selectMeasurementsOfRunsOn(c.db, c.viewer, ids, on);
    return groupRows(
      rows.map((row) => ({ ...row, retractedAt: null })),
      (row) => row.evalRunId,
    );
  },
);

export const retractedMeasurementsOfRun = loadsMany('retractedMeasurementsOfRun', async (c: Context, ids) =>
  groupRows(await selectRetractedMeasurementsOfRuns(c.db, c.viewer, ids), (row) => row.evalRunId),
);

/** Of many runs in brief, by run and in the order recorded; null where there are more than `most` in all. */
export async function briefMeasurementsOfRuns(
  context: Context,
  ids: readonly bigint[],
  most: number,
): Promise<Map<bigint, BriefMeasurement[]> | null> {
  const rows = await selectBriefMeasurementsOfRuns(context.db, context.viewer, ids, most + 1);
  return rows.length > most ? null : groupRows(rows, (row) => row.evalRunId);
}

const ofModels: LoaderOf<Context, string, MeasurementRow[]> = {
  name: 'measurementsOfModel',
  absent: () => [],
  batch: async (c, keys) => {
    const asked = keys.map((key) => JSON.parse(key) as { id: string; behavior: string | null });
    const found = new Map<string, MeasurementRow[]>();
    for (const behavior of new Set(asked.map((one) => one.behavior))) {
      const ids = asked.filter((one) => one.behavior === behavior).map((one) => BigInt(one.id));
      const rows = await selectMeasurementsOfModels(c.db, c.viewer, ids, behavior);
      for (const [id, list] of groupRows(rows, (row) => row.modelVersionId))
        found.set(keyOf(id, behavior), list);
    }
    return found;
  },
};
const keyOf = (id: bigint, behavior: string | null) => JSON.stringify({ id: String(id), behavior });

/** What was measured of a model version, in the order recorded; of one behaviour, where one is named. */
export const measurementsOfModel = (context: Context, id: bigint, behavior: string | null) =>
  context.load(ofModels, keyOf(id, behavior));
export const scoresOfRun = loadsMany('scoresOfRun', async (c: Context, ids) =>
  groupRows(await selectScoresOfRuns(c.db, c.viewer, ids), (row) => row.evalRunId),
);
/** Who or what judged in a run, each once. */
export const gradersOfRun = loadsMany('gradersOfRun', async (c: Context, ids) => {
  const groups = groupRows(await selectGraderIdsOfRuns(c.db, c.viewer, ids), (row) => row.evalRunId);
  const graders = await loadEach(
    c,
    graderVersionById,
    [...groups.values()].flat().map((row) => row.graderVersionId),
  );
  const seen = (rows: readonly { graderVersionId: bigint }[]) =>
    rows.flatMap((row) => graders.get(row.graderVersionId) ?? []);
  return new Map([...groups].map(([run, rows]) => [run, seen(rows)]));
});
export const reportedResultsOfIncident = loadsMany('reportedResultsOfIncident', async (c: Context, ids) =>
  groupRows(
    (await selectReportedResultsOfIncidents(c.db, c.viewer, ids)).flatMap((row) =>
      row.incidentId === null ? [] : [{ ...row, incidentId: row.incidentId }],
    ),
    (row) => row.incidentId,
  ),
);

/** From memory where a node is there, else from the database. */
async function upstreamOfMany(
  context: Context,
  kind: EdgeKind,
  ids: readonly bigint[],
): Promise<Map<bigint, bigint[]>> {
  const memory = await seenNow(context);
  const found = new Map<bigint, bigint[]>();
  const unknown: bigint[] = [];
  for (const id of ids) {
    const upstream = memory?.upstream(id, kind);
    if (upstream === undefined) unknown.push(id);
    else found.set(id, cutList(upstream) as bigint[]);
  }
  if (unknown.length === 0) return found;
  const rows = await selectUpstream(context.db, context.viewer, unknown, kind);
  for (const [owner, group] of groupRows(rows, (row) => row.downstream)) {
    const upstream = group.map((row) => row.upstream);
    found.set(owner, listed(upstream, totalOf(group)));
  }
  return found;
}

const upstreamLoaders = new Map<EdgeKind, LoaderOf<Context, bigint, LineageNodeRow[]>>();

/** Loads the nodes that a node's edges of one kind lead to now, as far as the viewer may see them. */
export function upstreamOf(kind: EdgeKind): LoaderOf<Context, bigint, LineageNodeRow[]> {
  let loader = upstreamLoaders.get(kind);
  if (loader === undefined) {
    loader = loadsMany(`upstreamOf${kind}`, async (c: Context, ids) => {
      const found = await upstreamOfMany(c, kind, ids);
      const nodes = new Map(
        (await nodesByIds(c, [...new Set([...found.values()].flat())])).map((node) => [node.id, node]),
      );
      const seen = (ends: bigint[]) => ends.flatMap((end) => nodes.get(end) ?? []);
      return new Map([...found].map(([owner, ends]) => [owner, listed(seen(ends), totalOf(ends))]));
    });
    upstreamLoaders.set(kind, loader);
  }
  return loader;
}

export const upstreamBy = (context: Context, kind: EdgeKind, id: bigint): Promise<LineageNodeRow[]> =>
  context.load(upstreamOf(kind), id);

const endsOfEdge = loadsOne('endsOfEdge', async (c: Context, ids) =>
  byId(await selectEnds(c.db, c.viewer, ids)),
);

/** The nodes that these edges of a node lead to, each once, also where one was retracted since. */
export async function upstreamByEdges(
  context: Context,
  edgeIds: readonly bigint[],
  id: bigint,
): Promise<LineageNodeRow[]> {
  const ends = await loadEach(context, endsOfEdge, edgeIds);
  const own = [...ends.values()].flatMap((edge) => (edge?.downstream === id ? [edge.upstream] : []));
  return nodesByIds(context, [...new Set(own)]);
}

/** A page of node ids as a page of nodes. */
export async function pageOfNodes(
  context: Context,
  page: ListPage<{ id: bigint }>,
): Promise<ListPage<LineageNodeRow>> {
  return {
    ...page,
    nodes: await nodesByIds(
      context,
      page.nodes.map((row) => row.id),
    ),
  };
}

const underModelVersion = listUnder<Context, PageArguments, { id: bigint }>('evalRunsOfModelVersion', (c) =>
  runsUnderModelVersion(c.viewer),
);
export const evalRunsOfModelVersion = async (context: Context, id: bigint, args: PageArguments) =>
  pageOfNodes(context, await underModelVersion(context, id, args));

const underEvaluationVersion = listUnder<Context, PageArguments, { id: bigint }>(
  'evalRunsOfEvaluationVersion',
  (c) => runsUnderEvaluationVersion(c.viewer),
);
export const evalRunsOfEvaluationVersion = async (context: Context, id: bigint, args: PageArguments) =>
  pageOfNodes(context, await underEvaluationVersion(context, id, args));

export const measurementsOfBehavior = listUnder<Context, PageArguments, MeasurementRow>(
  'measurementsOfBehavior',
  (c) => measurementsUnderBehavior(c.viewer),
);

export interface EvalRunFilter {
  evaluation?: string | null;
  model?: string | null;
  modelVersion?: string | null;
  behavior?: string | null;
  search?: string | null;
}

export async function listEvalRuns(
  context: Context,
  args: PageArguments & { filter?: EvalRunFilter | null },
) {
  const filter = args.filter ?? {};
  const modelVersion =
    filter.modelVersion == null
      ? null
      : await resolveRef(context, filter.modelVersion, ['filter', 'modelVersion'], ['MODEL_VERSION']);
  const search = filter.search?.trim();
  const list = runList(context.viewer, {
    evaluation: filter.evaluation ?? null,
    model: filter.model ?? null,
    modelVersionId: modelVersion?.id ?? null,
    behavior: filter.behavior ?? null,
    search: search === undefined || search === '' ? null : search,
  });
  return pageOfNodes(context, await listPage<{ id: bigint }>(context, args, list));
}
