import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInspectLog } from '../../api/src/interchange/inspect/read-inspect-log.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CORPUS = process.env.HEADWATER_CORPUS ?? resolve(ROOT, '../shared/data');
const MANIFEST = join(CORPUS, 'inspect/MANIFEST.tsv');

function manifest(): string[] {
  const [, ...rows] = readFileSync(MANIFEST, 'utf8').trimEnd().split('\n');
  return rows.map((row) => row.split('\t')[0]!);
}

describe('real Inspect logs', () => {
  it('each reads, or is refused with a reason', { timeout: 60_000 }, async ({ skip }) => {
    skip(!existsSync(MANIFEST), `no corpus at ${CORPUS}; name one by HEADWATER_CORPUS`);
    const table: Record<string, string | number | null>[] = [];
    for (const name of manifest()) {
      const path = join(CORPUS, 'inspect', name);
      const reading = await readInspectLog({ path, name });
      expect(reading.digest).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
      const file = name.slice(name.indexOf('/') + 1).slice(-48);
      if (reading.refused) {
        expect(reading.refused.reason, name).toMatch(/^[A-Z].{20,}\.$/);
        table.push({
          file,
          status: 'refused',
          samples: null,
          scores: null,
          said: reading.refused.reason.slice(0, 60),
        });
        continue;
      }
      const { counts, samples, run, evaluation } = reading;
      expect(evaluation.name, name).not.toBe('');
      expect(run.model, name).not.toBe('');
      expect(run.created, name).not.toBeNull();
      for (const [scorer, scored] of Object.entries(counts.scored)) {
        expect(scored + counts.unscored[scorer]!, `${name} ${scorer}`).toBe(samples.length);
      }
      table.push({
        file,
        status: reading.status,
        samples: samples.length,
        scores: reading.scores.length,
        said: `${reading.kept.length} kept, ${reading.leftOut.length} left out, ${reading.warnings.length} warnings`,
      });
    }
    console.table(table);
    expect(table.length).toBeGreaterThan(0);
  });
});
