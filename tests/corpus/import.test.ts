import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importWorld } from '../api/interchange/inspect-fixture.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CORPUS = process.env.HEADWATER_CORPUS ?? resolve(ROOT, '../shared/data');
const MANIFEST = join(CORPUS, 'inspect/MANIFEST.tsv');

function manifest(): string[] {
  const [, ...rows] = readFileSync(MANIFEST, 'utf8').trimEnd().split('\n');
  return rows.map((row) => row.split('\t')[0]!);
}

describe('importing real Inspect logs', () => {
  it('each is imported whole, or refused with a reason; all again change nothing', {
    timeout: 300_000,
  }, async ({ skip }) => {
    skip(!existsSync(MANIFEST), `no corpus at ${CORPUS}; name one by HEADWATER_CORPUS`);
    const world = await importWorld();
    try {
      const reporter = await world.person('REPORTER');
      const table: Record<string, string | number | null>[] = [];
      const first = new Map<string, bigint>();
      for (const name of manifest()) {
        const bytes = readFileSync(join(CORPUS, 'inspect', name));
        const { id, row } = await world.bringIn(reporter, bytes, name);
        first.set(name, id);
        const run = await world.records.evalRun.findFirst({
          where: { importId: id },
          include: { _count: true, node: true, evaluationVersion: { include: { evaluation: true } } },
        });
        const shown = name.slice(name.indexOf('/') + 1).slice(-40);
        if (row.status === 'FAILED') {
          expect(row.error, name).toMatch(/^[A-Z].{20,}\.$/);
          expect(run, name).toBeNull();
          table.push({ file: shown, became: 'refused', samples: null, scores: null, said: row.error });
          continue;
        }
        expect(row.status, name).toBe('SUCCEEDED');
        expect(row.report?.kept.length, name).toBeGreaterThan(5);
        if (run === null) {
          expect(row.report?.recordedBefore, name).not.toBeNull();
          table.push({
            file: shown,
            became: 'known',
            samples: null,
            scores: null,
            said: row.report!.warnings[0]!,
          });
          continue;
        }
        const counts = (run.metadata as { counts: { samplesPresent: number } }).counts;
        expect(run._count.evalSampleAsEvalRun, name).toBe(counts.samplesPresent);
        expect(run.sampleCount, name).toBe(counts.samplesPresent);
        table.push({
          file: shown,
          became: `${run.node.name} (${run.status.toLowerCase()})`,
          samples: run._count.evalSampleAsEvalRun,
          scores: run._count.scoreAsEvalRun,
          said: `${row.report!.warnings.length} warnings`,
        });
      }
      console.table(table);
      expect(table.length).toBeGreaterThan(0);
      const before = await world.counts();
      for (const name of manifest()) {
        const again = await world.bringIn(reporter, readFileSync(join(CORPUS, 'inspect', name)), name);
        expect(again.id, name).toBe(first.get(name));
      }
      expect(await world.counts()).toEqual(before);
      const trained = await world.records.edge.count({ where: { kind: 'GENERATED_BY' } });
      expect(trained).toBe(0);
    } finally {
      await world.close();
    }
  });
});
