import type { Context } from '../../context.ts';
import { reportedResultsOfIncident, upstreamBy } from '../../evaluation/read-eval-runs.ts';
import { incidentByKey, incidentFacts, reportsOfIncident } from '../../incident/read-incidents.ts';
import type { LineageNodeRow } from '../../lineage/node.ts';
import { totalOf } from '../../platform/listed.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import { avidReport } from './avid-report.ts';
import { originsOfIncident } from './read-origins.ts';

/** The incident of that key as AVID reports one, from what the viewer may see alone; null where they see none. */
export async function avidReportOf(context: Context, key: string): Promise<JsonObject | null> {
  const incident = await incidentByKey(context, key);
  const facts = incident === null ? null : await context.load(incidentFacts, incident.id);
  if (incident === null || facts === null) return null;
  const { id } = incident;
  const [models, results, reports, origins] = await Promise.all([
    upstreamBy(context, 'EXHIBITED_BY', id),
    context.load(reportedResultsOfIncident, id),
    context.load(reportsOfIncident, id),
    context.load(originsOfIncident, id),
  ]);
  const own = origins.filter(
    ({ catalogue, part }) => catalogue === 'AVID' && (part === 'report' || part === 'vulnerability'),
  );
  return avidReport({
    facts,
    models: models.map(nameOf),
    results,
    reports,
    truncations: [
      ...cutOf('affects.artifacts', models),
      ...cutOf('metrics', results),
      ...cutOf('references', reports),
      ...cutOf('metadata', origins),
    ],
    // What it says now is the last that was brought in.
    origin: (own.at(-1)?.content as JsonObject | undefined) ?? null,
  });
}

function cutOf(field: string, list: readonly unknown[]) {
  const total = totalOf(list);
  return total === list.length ? [] : [{ field, shown: list.length, total }];
}

/** As the importer looks it up: the name as it stands, its team's namespace before it, and the version. */
const nameOf = ({ namespace, name, version }: LineageNodeRow): string =>
  `${namespace === '' ? '' : `${namespace}/`}${name}@${version}`;
