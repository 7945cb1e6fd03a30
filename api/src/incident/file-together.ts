import { inSharedChange, type Part, type SharedChange } from '../access/shared-change.ts';
import { recordEvents } from '../audit-log/record-event.ts';
import type { Context } from '../context.ts';
import type { InOrder } from '../platform/statements.ts';
import {
  checkSummary,
  checkTitle,
  type FileIncidentInput,
  filedEvent,
  filedOf,
  fileIncident,
  findBehaviors,
} from './file-incident.ts';
import {
  insertBehaviors,
  insertIncidents,
  insertObservations,
  type NewIncident,
  type NewObservation,
} from './filing.store.ts';
import { keyYear } from './incident.ts';
import { drawKeys } from './key.store.ts';
import { resolveLinks } from './record-links.ts';

/** What was looked up for an incident that is filed together with others'. */
export interface Filing {
  input: FileIncidentInput;
  behaviorIds: readonly bigint[];
  modelVersions: readonly bigint[];
  evalRuns: readonly bigint[];
}

type Filed = { incidentId: bigint };
/** What many filings share: their transaction, its log, and the key of each. */
type Log = typeof recordEvents;

/** Files what a caller from outside tells: as `fileIncident` does, in one transaction with what others file just now. */
export function fileTogether(context: Context, input: FileIncidentInput): Promise<Filed> {
  return inSharedChange(context, FILING, { ...input, key: null });
}

/** Filing as a shared change whose events go to `log`. */
export function filing(log: Log): SharedChange<FileIncidentInput, Filing, Filed> {
  return {
    scope: 'write:incidents',
    prepare,
    record: (tx, parts) => record(tx, parts, log),
    alone: fileIncident,
  };
}

const FILING = filing(recordEvents);

/**
 * Null for what is refused in words of its own, or might wait for another writer: content tags that are made, what is
 * shared, relations with other incidents. Drafts, reports, suspects and citations are few, and go alone as well.
 */
async function prepare(context: Context, input: FileIncidentInput): Promise<Filing | null> {
  if (!isPlain(input)) return null;
  checkTitle(input.title, ['title']);
  checkSummary(input.summary, ['summary']);
  const behaviorIds = await findBehaviors(context.db, context.viewer, input.behaviors ?? []);
  const links = await resolveLinks(context, input);
  const [modelVersions, evalRuns] = [links.modelVersions, links.evalRuns].map((nodes) =>
    nodes.map(({ id }) => id),
  ) as [bigint[], bigint[]];
  const isNamedTwice = (ids: readonly bigint[]) => new Set(ids).size < ids.length;
  if (isNamedTwice(modelVersions) || isNamedTwice(evalRuns)) return null;
  return { input, behaviorIds, modelVersions, evalRuns };
}

function isPlain(input: FileIncidentInput): boolean {
  const { suspects, suspectTags, related, reports, behaviorIds } = input;
  const lists = [suspects, suspectTags, related, reports, behaviorIds];
  const given = [input.key, input.citation, input.sharedWith, input.embargoedUntil];
  return (
    !input.draft && lists.every((list) => (list ?? []).length === 0) && given.every((one) => one == null)
  );
}

async function record(tx: InOrder, parts: readonly Part<Filing>[], log: Log): Promise<Filed[]> {
  const now = new Date();
  const keys = await keysFor(
    tx,
    parts.map(({ prepared }) => keyYear(prepared.input.occurredAt ?? null, now)),
  );
  const filed = parts.map(({ prepared, by, teamId }, i) =>
    filedOf(prepared.input, { key: keys[i]!, now, citationId: null, teamId, actorId: by.actorId }),
  );
  const ids = await insertIncidents(tx, filed);
  await insertBehaviors(
    tx,
    parts.map(({ prepared }, i) => ({ id: ids[i]!, behaviorIds: prepared.behaviorIds })),
  );
  const observed = parts.flatMap(({ prepared }, i) => observationsOf(prepared, filed[i]!, ids[i]!));
  if ((await insertObservations(tx, observed)) < observed.length)
    throw new Error('One of the things observed has been retracted.');
  const logged = log(
    tx,
    filed.map((one, i) => ({
      by: { actorId: one.actorId, teamId: one.teamId },
      event: filedEvent(one),
      subject: { nodes: [ids[i]!], visibility: one.visibility },
    })),
  );
  // It goes out with the commit, which undoes all where it fails.
  logged.catch(() => undefined);
  return ids.map((incidentId) => ({ incidentId }));
}

/** A key of each of the years, which are few. */
async function keysFor(tx: InOrder, years: readonly number[]): Promise<string[]> {
  const drawn = new Map<number, string[]>();
  for (const year of new Set(years))
    drawn.set(year, await drawKeys(tx, year, years.filter((other) => other === year).length));
  return years.map((year) => drawn.get(year)!.pop()!);
}

function observationsOf(
  { modelVersions, evalRuns }: Filing,
  { visibility, teamId, actorId }: NewIncident,
  incidentId: bigint,
): NewObservation[] {
  const of = (kind: NewObservation['kind'], ids: readonly bigint[]) =>
    ids.map((upstream) => ({ kind, incidentId, upstream, visibility, teamId, actorId }));
  return [...of('EXHIBITED_BY', modelVersions), ...of('OBSERVED_IN', evalRuns)];
}
