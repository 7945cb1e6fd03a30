import type { Change } from '../access/change.ts';
import { narrowest } from '../access/narrowest.ts';
import { recordEvents } from '../audit-log/record-event.ts';
import { MOST_LISTED } from '../platform/listed.ts';
import type { NewImport } from './import.store.ts';
import { type RecordedRun, refOfRun } from './record-run.ts';

/**
 * Records that a file was brought in: with each of its eval runs that it was as this one, since who sees the one may not
 * see another. Of a file of very many with the first of them.
 */
export async function tellImported(
  { tx, by, teamId, event }: Change,
  { fileName, format, digest, visibility }: NewImport,
  runs: readonly RecordedRun[],
): Promise<void> {
  const imported = { type: 'LOG_IMPORTED', fileName, format, digest } as const;
  if (runs.length === 0) return event({ ...imported, ref: null }, { visibility });
  await recordEvents(
    tx,
    runs.slice(0, MOST_LISTED).map((run) => ({
      by: { actorId: by.actorId, teamId },
      event: { ...imported, ref: refOfRun(run.name) },
      subject: { nodes: [run.id], visibility: narrowest(visibility, run.visibility) },
    })),
  );
}
