// One record of a catalogue: filed, added to what was filed of it before, or left out with the reason.
import type { Change } from '../../access/change.ts';
import { isWider } from '../../access/narrowest.ts';
import { recordReportedResult } from '../../evaluation/record-reported-result.ts';
import { fileIncident } from '../../incident/file-incident.ts';
import { linkIncident } from '../../incident/link-incident.ts';
import type { VisibilityWord } from '../../lineage/node.ts';
import { formatNodeRef } from '../../lineage/node-ref.ts';
import { resolveRef } from '../../lineage/resolve-refs.ts';
import { InputRefusal, NotFoundRefusal } from '../../platform/refusal.ts';
import { digestOf } from '../plan-values.ts';
import { type HeldOrigin, insertOrigin, selectKnown } from './origin.store.ts';
import type { Catalogue, PlannedIncident, PlannedRecord } from './planned-incident.ts';

export interface Taking {
  change: Change;
  importId: bigint;
  visibility: VisibilityWord;
  /** What a citation of a record calls its catalogue. */
  source: string;
}

export type Taken =
  | { came: 'filed'; incidentId: bigint; unmatched: string[] }
  | { came: 'said before'; incidentId: bigint; unmatched: string[] }
  | { came: 'added'; incidentId: bigint; links: number }
  | { came: 'another'; reason: string };

/** Files what is new to the team, as any incident is filed, with its figures as reported results. */
export async function fileRecord(
  taking: Taking,
  record: PlannedRecord,
  incident: PlannedIncident,
): Promise<Taken> {
  const { change, visibility } = taking;
  const { ids } = change.context;
  const { found, unmatched } = await modelsOf(taking, incident);
  const { title, summary, setting, severity, occurredAt } = incident;
  const citation = {
    source: taking.source,
    url: record.url,
    locator: record.externalId ?? record.place,
    certainty: 'SECONDARY' as const,
  };
  const { incidentId } = await fileIncident(change, {
    ...{ title, summary, setting, severity, occurredAt, visibility, citation },
    modelVersions: found.map((id) => ids.encode('ModelVersion', id)),
    reports: record.reports,
    draft: false,
  });
  for (const { statement, value, subject } of incident.results)
    await recordReportedResult(change, {
      incident: ids.encode('Incident', incidentId),
      ...{ statement, value, subject, citation, visibility },
      qualifier: 'EXACT',
    });
  await keepOrigin(taking, record, incidentId);
  return { came: 'filed', incidentId, unmatched };
}

/** The model versions that an incident names, and the names that are no reference of one. */
async function modelsOf(
  taking: Taking,
  incident: PlannedIncident | null,
): Promise<{ found: bigint[]; unmatched: string[] }> {
  const names = incident?.models ?? [];
  const models = await Promise.all(names.map((name) => modelVersionCalled(taking, name)));
  return {
    found: [...new Set(models.filter((id) => id !== null))],
    unmatched: names.filter((_name, i) => models[i] === null),
  };
}

/**
 * The model version whose exact reference a name is, where all who will see the incident see it; else null. A name
 * without a version may be any of several: nothing is guessed.
 */
async function modelVersionCalled({ change, visibility }: Taking, stated: string): Promise<bigint | null> {
  const at = stated.lastIndexOf('@');
  if (at < 1 || at === stated.length - 1) return null;
  const ref = formatNodeRef({
    kind: 'MODEL_VERSION',
    name: stated.slice(0, at),
    version: stated.slice(at + 1),
  });
  const { viewer, ids, db } = change.context;
  try {
    const node = await resolveRef({ viewer, ids, db, tx: change.tx }, ref, [], ['MODEL_VERSION']);
    return isWider(visibility, node.visibility) ? null : node.id;
  } catch (error) {
    if (error instanceof NotFoundRefusal || error instanceof InputRefusal) return null;
    throw error;
  }
}

/**
 * Adds what a record says of an incident that was brought in before: its references and its words, beside what people
 * have written since. Two records that share an id and neither title nor description are no two states of one.
 */
export async function addRecord(
  taking: Taking,
  record: PlannedRecord,
  incidentId: bigint,
  held: readonly HeldOrigin[],
): Promise<Taken> {
  const { change } = taking;
  const known = await selectKnown(change.tx, change.context.viewer, incidentId, record.contentDigest);
  if (known.said)
    return {
      came: 'said before',
      incidentId,
      unmatched: (await modelsOf(taking, record.incident)).unmatched,
    };
  const before = held.findLast(({ part }) => part === record.part);
  if (before !== undefined && record.incident !== null && areDifferent(record, before))
    return {
      came: 'another',
      reason: `the id is that of ${before.key}, which was brought in, and both title and description are others: it seems to be another record, and nothing was changed`,
    };
  const urls = new Set(known.urls);
  const reports = record.reports.filter(({ url }) => url != null && !urls.has(url));
  if (reports.length > 0)
    await linkIncident(change, { incident: change.context.ids.encode('Incident', incidentId), reports });
  await keepOrigin(taking, record, incidentId);
  return { came: 'added', incidentId, links: reports.length };
}

function keepOrigin({ change, importId }: Taking, record: PlannedRecord, incidentId: bigint): Promise<void> {
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  return insertOrigin(change.tx, by, { incidentId, importId, record });
}

const TITLES: Readonly<Record<Catalogue, readonly string[]>> = {
  AVID: ['problemtype', 'description'],
  AIID: ['title', 'description'],
};

function areDifferent(record: PlannedRecord, before: HeldOrigin): boolean {
  const names = TITLES[record.catalogue];
  return names.every((name) => {
    const [one, two] = [record.content[name], before.content[name]];
    return one !== undefined && two !== undefined && digestOf(one) !== digestOf(two);
  });
}

/**
 * The fields in which a record says otherwise than the one before; those that only one of them has are no dispute, and
 * classifications and translations are several beside each other.
 */
export function saysOtherwise(record: PlannedRecord, held: readonly HeldOrigin[]): string[] {
  const before = held.findLast(({ part }) => part === record.part);
  if (before === undefined || record.incident === null) return [];
  return Object.keys(record.content).filter(
    (name) =>
      Object.hasOwn(before.content, name) &&
      digestOf(record.content[name]) !== digestOf(before.content[name]),
  );
}
