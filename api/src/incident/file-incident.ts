import type { Change } from '../access/change.ts';
import { share } from '../access/share-with.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Event } from '../audit-log/event.ts';
import { requireNamed } from '../evaluation/find-named.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import type { Tx } from '../platform/database.ts';
import { ConflictRefusal, type InputPath, InputRefusal } from '../platform/refusal.ts';
import { checkLength } from '../platform/text-length.ts';
import { insertBehaviors, insertIncidents, type NewIncident } from './filing.store.ts';
import { type IncidentSetting, KEY, keyYear, LONGEST_TITLE, type Severity } from './incident.ts';
import { drawKey } from './key.store.ts';
import { type LinksInput, recordLinks, resolveLinks } from './record-links.ts';

export interface FileIncidentInput extends LinksInput {
  title: string;
  summary: string;
  setting: IncidentSetting;
  severity: Severity;
  behaviors?: string[] | null;
  /** Behaviours of which it is known which are meant, beside those that are named. */
  behaviorIds?: readonly bigint[];
  occurredAt?: Date | null;
  visibility?: VisibilityWord | null;
  /** Global ids of those named, and until when only they and the team see it. */
  sharedWith?: string[] | null;
  embargoedUntil?: Date | null;
  draft: boolean;
  /** Where the incident as a whole is taken from; null where its reporter tells it. */
  citation?: CitationInput | null;
  /** Only for example data, which is known by its keys; no caller from outside can choose one. */
  key?: string | null;
}

/** Files an incident with all its links, or keeps it as a draft, which has no key yet. */
export async function fileIncident(
  change: Change,
  input: FileIncidentInput,
): Promise<{ incidentId: bigint }> {
  const { tx, context, by, teamId } = change;
  checkTitle(input.title, ['title']);
  checkSummary(input.summary, ['summary']);
  const behaviorIds = [
    ...(await findBehaviors(tx, context.viewer, input.behaviors ?? [])),
    ...(input.behaviorIds ?? []),
  ];
  const links = await resolveLinks(context, input, tx);
  const visibility = input.visibility ?? 'MEMBERS';
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const now = new Date();
  const key = input.draft ? null : await keyFor(change, input, now);
  const filed = filedOf(input, { key, now, citationId, teamId, actorId: by.actorId });
  const [id] = (await insertIncidents(tx, [filed])) as [bigint];
  await insertBehaviors(tx, [{ id, behaviorIds }]);
  // Before its links, which are recorded as what is shared, or under embargo, already.
  await shareFiled(change, id, visibility, input);
  await recordLinks(change, { id, visibility }, input, links);
  await change.event(filedEvent(filed), { nodes: [id], visibility });
  return { incidentId: id };
}

/** The row of an incident that is filed now, or begun as a draft where it has no key. */
export function filedOf(
  input: FileIncidentInput,
  { now, ...given }: Pick<NewIncident, 'key' | 'citationId' | 'teamId' | 'actorId'> & { now: Date },
): NewIncident {
  const { summary, setting, severity, occurredAt, visibility } = input;
  return {
    ...given,
    ...{ title: input.title.trim(), summary, setting, severity },
    status: given.key === null ? 'DRAFT' : 'SUBMITTED',
    occurredAt: occurredAt ?? null,
    submittedAt: given.key === null ? null : now,
    visibility: visibility ?? 'MEMBERS',
  };
}

export const filedEvent = ({ title, key }: NewIncident): Event => ({
  type: 'INCIDENT_FILED',
  title,
  draft: key === null,
});

/** Shares what is new before anybody but its writer can have seen it. */
async function shareFiled(
  change: Change,
  id: bigint,
  visibility: VisibilityWord,
  input: FileIncidentInput,
): Promise<void> {
  if (input.sharedWith == null && input.embargoedUntil == null) return;
  const { teamId, by } = change;
  const filed = { type: 'Incident', id, visibility, teamId, actorId: by.actorId } as const;
  const wish = { people: input.sharedWith, embargoedUntil: input.embargoedUntil };
  await share(change, { ...filed, audienceId: null, embargoedUntil: null }, wish, 'sharedWith');
}

async function keyFor(change: Change, input: FileIncidentInput, now: Date): Promise<string> {
  if (input.key == null) return drawKey(change.tx, keyYear(input.occurredAt ?? null, now));
  if (!KEY.test(input.key))
    throw new InputRefusal(['key'], 'This is no key of an incident.', 'MBI-YYYY-NNNN');
  const taken = await change.tx.incident.findUnique({ where: { key: input.key }, select: { nodeId: true } });
  if (taken !== null)
    throw new ConflictRefusal(['key'], `${input.key} is taken.`, {
      existing: { type: 'Incident', id: taken.nodeId },
    });
  return input.key;
}

export function checkTitle(title: string, path: InputPath, expected = 'what the model did, in a line'): void {
  if (title.trim() === '') throw new InputRefusal(path, 'The title is empty.', expected);
  checkLength(title, LONGEST_TITLE, path, 'The title');
}

export function checkSummary(summary: string, path: InputPath): void {
  if (summary.trim() === '') throw new InputRefusal(path, 'The summary is empty.', 'what happened');
}

export async function findBehaviors(
  db: Pick<Tx, '$queryRaw'>,
  viewer: Viewer,
  names: readonly string[],
): Promise<bigint[]> {
  const found = await requireNamed(
    db,
    viewer,
    'behavior',
    names.map((name, i) => ({ name, path: ['behaviors', i] })),
  );
  return [...new Set(found.map((row) => row.id))];
}
