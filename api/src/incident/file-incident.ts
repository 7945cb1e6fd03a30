import type { Change } from '../access/change.ts';
import { share } from '../access/share-with.ts';
import { requireNamed } from '../evaluation/find-named.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { insertKeyedNode, insertNode } from '../lineage/record-node.ts';
import { ConflictRefusal, type InputPath, InputRefusal } from '../platform/refusal.ts';
import { drawKey, replaceBehaviors } from './incident.store.ts';
import { type IncidentSetting, KEY, keyYear, type Severity } from './incident.ts';
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

const LONGEST_TITLE = 300;

/** Files an incident with all its links, or keeps it as a draft, which has no key yet. */
export async function fileIncident(
  change: Change,
  input: FileIncidentInput,
): Promise<{ incidentId: bigint }> {
  checkTitle(input.title, ['title']);
  checkSummary(input.summary, ['summary']);
  const behaviorIds = [...(await findBehaviors(change, input.behaviors ?? [])), ...(input.behaviorIds ?? [])];
  const links = await resolveLinks(change, input);
  const visibility = input.visibility ?? 'MEMBERS';
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const now = new Date();
  const key = input.draft ? null : await keyFor(change, input, now);
  const id =
    key === null
      ? await insertNode(change, { kind: 'INCIDENT', name: null, visibility, citationId })
      : await insertKeyedNode(change, { kind: 'INCIDENT', key, visibility, citationId });
  await change.tx.incident.create({
    data: {
      nodeId: id,
      key,
      title: input.title.trim(),
      summary: input.summary,
      setting: input.setting,
      severity: input.severity,
      status: input.draft ? 'DRAFT' : 'SUBMITTED',
      occurredAt: input.occurredAt ?? null,
      submittedAt: input.draft ? null : now,
    },
    select: { nodeId: true },
  });
  if (behaviorIds.length > 0) await replaceBehaviors(change.tx, change.context.viewer, id, behaviorIds);
  await recordLinks(change, { id, visibility }, input, links);
  await shareFiled(change, id, visibility, input);
  await change.event(
    { type: 'INCIDENT_FILED', title: input.title.trim(), draft: input.draft },
    { nodes: [id], visibility },
  );
  return { incidentId: id };
}

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

export function checkTitle(title: string, path: InputPath): void {
  if (title.trim() === '')
    throw new InputRefusal(path, 'The title is empty.', 'what the model did, in a line');
  if (title.length > LONGEST_TITLE)
    throw new InputRefusal(path, 'The title is too long.', `at most ${LONGEST_TITLE} characters`);
}

export function checkSummary(summary: string, path: InputPath): void {
  if (summary.trim() === '') throw new InputRefusal(path, 'The summary is empty.', 'what happened');
}

export async function findBehaviors(change: Change, names: readonly string[]): Promise<bigint[]> {
  const found = await requireNamed(
    change.tx,
    change.context.viewer,
    'behavior',
    names.map((name, i) => ({ name, path: ['behaviors', i] })),
  );
  return [...new Set(found.map((row) => row.id))];
}
