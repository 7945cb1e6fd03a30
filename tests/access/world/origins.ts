// What catalogues elsewhere say of the incidents. The last of a world: its chances and moments shift no others.
import type { Writer } from './generate.ts';
import { PEOPLE, TEAMS } from './principals.ts';
import type { Row } from './rows.ts';

export function recordOrigins(write: Writer): void {
  const incidents = write.rows.all.filter(({ table }) => table === 'incident');
  for (const [i, incident] of incidents.entries()) {
    const brought = broughtBy(write, i);
    write.record('incident_origin', {
      needs: { incident_id: incident },
      leads: { import_id: brought },
      values: {
        catalogue: i % 2 === 0 ? 'AVID' : 'AIID',
        part: 'report',
        external_id: `AVID-2026-R000${i}`,
        url: null,
        content: { description: write.words() },
        content_digest: `${i}`.repeat(64),
        import_id: null,
        team_id: Number(TEAMS.lab.id),
        actor_id: Number(PEOPLE.author.id),
      },
    });
  }
}

function broughtBy(write: Writer, i: number): Row {
  return write.record('import', {
    guard: write.guard(),
    values: {
      format: 'avid-json',
      file_name: `${write.words()}.json`,
      digest: `a${i}`.repeat(32),
      bytes: 10 + i,
      status: 'SUCCEEDED',
      error: null,
      progress: null,
      report: {
        kept: [{ field: 'incidents filed', how: '1' }],
        leftOut: [{ field: `AVID-2026-R000${i}`, count: 1, reason: 'says otherwise' }],
        warnings: [`AVID-2026-R000${i} says otherwise since.`],
        recordedBefore: null,
      },
      finished_at: null,
    },
  });
}
