import type { Context } from '../context.ts';
import type { Json } from '../platform/json.ts';
import { loadsOne } from '../platform/loader.ts';
import { selectSettings } from './comparison.store.ts';
import type { Grounds } from './grounds.ts';
import { upstreamBy, upstreamByEdges } from './read-eval-runs.ts';
import { object } from './said-settings.ts';
import type { TestedOn } from './tested-on.ts';

/** What an import writes for the version of a dataset of which its file states none. */
const UNSTATED = 'unspecified';

/** Of a run that was imported, dataset version → the part of it that was used, as its file says. */
const partsOfRun = loadsOne<Context, ReadonlyMap<string, string>>('partsOfRun', async (c, ids) => {
  const rows = await selectSettings(c.db, c.viewer, ids, ['testedOn']);
  return new Map(rows.map(({ id, settings }) => [id, partsIn(object(settings).testedOn)] as const));
});

function partsIn(testedOn: Json | undefined): ReadonlyMap<string, string> {
  const stated = Array.isArray(testedOn) ? testedOn.map(object) : [];
  return new Map(
    stated.flatMap(({ recordedAs, part }) =>
      typeof recordedAs === 'string' && typeof part === 'string' ? [[recordedAs, part] as const] : [],
    ),
  );
}

/** The dataset versions that a run was tested on, as far as the viewer may see them and the grounds go. */
export async function testedOnOf(context: Context, runId: bigint, grounds?: Grounds): Promise<TestedOn[]> {
  const [nodes, parts] = await Promise.all([
    grounds === undefined
      ? upstreamBy(context, 'TESTED_ON', runId)
      : upstreamByEdges(context, grounds.testedOnIds, runId),
    context.load(partsOfRun, runId),
  ]);
  return nodes.flatMap(({ id, name, version }) =>
    name === null
      ? []
      : [
          {
            id,
            name,
            version: version === UNSTATED ? null : version,
            part: parts?.get(String(id)) ?? null,
          },
        ],
  );
}
