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

interface Tallied {
  read: string[];
  refused: string[];
  /** Of those read: whose results state figures that samples can be held against. */
  compared: string[];
  differing: string[];
  /** Of those read: whose task, or the caller of it, says how to generate. */
  tuned: string[];
}

/** The logs of the corpus whose own figures are not what their samples give: each says so of four samples and holds one. */
const DIFFERING = [
  'inspect_ai/tests__log__test_eval_log__log_tool_call_error.json',
  'inspect_ai/tests__log__test_eval_log__log_tool_call_error@82d761c9.json',
];

/** What the task of a log is told of how to generate, of a document read whole by other means than those under test. */
function toldByTask(path: string): Record<string, unknown> {
  if (!path.endsWith('.json')) return {};
  const log = JSON.parse(readFileSync(path, 'utf8').replace(/:\s*(?:NaN|-?Infinity)\b/g, ': null'));
  return Object.fromEntries(Object.entries(log.plan?.config ?? {}).filter(([, value]) => value !== null));
}

/** The accuracy of the first scorer, of a document read whole by other means than those under test; null where it has none. */
function accuracyOf(path: string): { stated: number; found: number | null } | null {
  if (!path.endsWith('.json')) return null;
  const log = JSON.parse(readFileSync(path, 'utf8').replace(/:\s*(?:NaN|-?Infinity)\b/g, ': null'));
  const entry = log.results?.scores?.[0];
  const stated = entry?.metrics?.accuracy?.value;
  if (typeof stated !== 'number' || !Array.isArray(log.samples) || log.samples.length === 0) return null;
  const verdicts = (log.samples as { scores?: Record<string, { value: unknown }> }[]).flatMap(
    ({ scores }) => {
      const value = scores?.[entry.name]?.value;
      return value === undefined ? [] : [value === 'C' || value === 1 ? 1 : 0];
    },
  );
  const sum = verdicts.reduce<number>((total, verdict) => total + verdict, 0);
  return { stated, found: verdicts.length === 0 ? null : sum / verdicts.length };
}

describe('real Inspect logs', () => {
  it('each reads, or is refused with a reason', { timeout: 60_000 }, async ({ skip }) => {
    skip(!existsSync(MANIFEST), `no corpus at ${CORPUS}; name one by HEADWATER_CORPUS`);
    const table: Record<string, string | number | null>[] = [];
    const tallied: Tallied = { read: [], refused: [], compared: [], differing: [], tuned: [] };
    let recomputed = 0;
    const names = manifest();
    for (const name of names) {
      const path = join(CORPUS, 'inspect', name);
      const reading = await readInspectLog({ path, name });
      expect(reading.digest).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
      const file = name.slice(name.indexOf('/') + 1).slice(-48);
      if (reading.refused) {
        expect(reading.refused.reason, name).toMatch(/^[A-Z].{20,}\.$/);
        tallied.refused.push(name);
        table.push({
          file,
          status: 'refused',
          samples: null,
          scores: null,
          said: reading.refused.reason.slice(0, 60),
        });
        continue;
      }
      const { samples, run, evaluation } = reading;
      expect(evaluation.name, name).not.toBe('');
      expect(run.model, name).not.toBe('');
      expect(run.created, name).not.toBeNull();
      const told = toldByTask(path);
      if (Object.keys(told).length > 0) tallied.tuned.push(name);
      expect(run.generateConfig, name).toMatchObject(told);
      tallied.read.push(name);
      const differs = reading.warnings.some((warning) => warning.startsWith('The results state'));
      if (reading.scores.length > 0 && samples.length > 0) tallied.compared.push(name);
      if (differs) tallied.differing.push(name);
      const accuracy = accuracyOf(path);
      if (accuracy !== null) {
        recomputed += 1;
        expect(accuracy.found === null || Math.abs(accuracy.found - accuracy.stated) > 1e-6, name).toBe(
          reading.warnings.some((warning) => warning.startsWith('The results state accuracy')),
        );
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
    const { read, refused, compared, differing, tuned } = tallied;
    console.log(
      `${read.length} of ${table.length} read; the figures of ${compared.length} compared with their samples: ${compared.length - differing.length} agree, ${differing.length} do not: ${differing.join(', ')}; the accuracy of ${recomputed} worked out by other means; ${tuned.length} of which the task says how to generate`,
    );
    // Floors, for a corpus that has more files: without them a reader that refuses nearly all would pass.
    expect(read.length).toBeGreaterThanOrEqual(Math.floor(table.length * 0.9));
    expect(compared.length).toBeGreaterThanOrEqual(Math.floor(read.length * 0.8));
    expect(compared.length - differing.length).toBeGreaterThanOrEqual(Math.floor(compared.length * 0.9));
    expect(refused.filter((name) => name.endsWith('eval-set.json')).length).toBe(
      names.filter((name) => name.endsWith('eval-set.json')).length,
    );
    expect(differing).toEqual(expect.arrayContaining(DIFFERING.filter((name) => names.includes(name))));
    expect(recomputed).toBeGreaterThanOrEqual(DIFFERING.length + 5);
  });
});
