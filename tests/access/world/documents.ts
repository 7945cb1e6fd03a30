// Which documents dataset versions hold, and which of them training saw: one is the same in all of them.
import type { Writer } from './generate.ts';
import type { Lineage } from './lineage.ts';
import { PEOPLE, TEAMS } from './principals.ts';
import type { Row } from './rows.ts';

const tail = (byte: string) => byte.repeat(24);
/** The digest of the document that every version holds. */
export const COMMON_DIGEST = `sha256:${'0'.repeat(14)}2a${tail('ab')}`;
export const COMMON_DOCUMENT = 'common';

/** No moment of its own: it would shift those of everything after it. */
const RECORDED = '2026-01-02T00:00:00Z';

export function recordDocuments(write: Writer, made: Lineage): void {
  for (const [i, version] of made.datasetVersions.entries()) {
    const load = write.rows.add('document_load', {
      needs: { dataset_version_id: version },
      values: {
        recorded_at: RECORDED,
        import_id: null,
        handles: 2,
        sightings: 1,
        team_id: Number(TEAMS.lab.id),
        actor_id: Number(PEOPLE.author.id),
      },
    });
    handle(write, version, load, COMMON_DOCUMENT, 42, 'ab');
    handle(write, version, load, `own-${i}`, 1_000 + i, 'cd');
    const run = made.trainingRuns[i % made.trainingRuns.length];
    if (run === undefined) continue;
    write.rows.add('document_sighting', {
      id: 0,
      needs: { dataset_version_id: version, training_run_id: run },
      values: { step: 10 + i, load_id: load.id, document: COMMON_DOCUMENT },
    });
  }
}

function handle(write: Writer, version: Row, load: Row, document: string, head: number, byte: string): void {
  write.rows.add('document_handle', {
    id: 0,
    needs: { dataset_version_id: version },
    values: {
      digest_head: head,
      load_id: load.id,
      algorithm: 'SHA256',
      digest_tail: `\\x${tail(byte)}`,
      document,
    },
  });
}
