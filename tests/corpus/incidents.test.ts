import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readIncidents } from '../../api/src/interchange/incidents/read-incidents.ts';
import { tellsIncidents } from '../../api/src/interchange/incidents/tells-incidents.ts';
import type { JsonObject } from '../../api/src/interchange/inspect/inspect-log.ts';
import { isObject } from '../../api/src/interchange/inspect/plain-values.ts';
import { UnfitLog } from '../../api/src/interchange/plan-values.ts';
import { csvFields } from '../../api/src/platform/csv-record.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CORPUS = join(process.env.HEADWATER_CORPUS ?? resolve(ROOT, '../shared/data'), 'incidents');
const MANIFEST = join(CORPUS, 'MANIFEST.tsv');

function manifest(): string[] {
  const [, ...rows] = readFileSync(MANIFEST, 'utf8').trimEnd().split('\n');
  return rows.map((row) => row.split('\t')[0]!);
}

/** The names of a file's records at the first two levels, read by other means than the importer's. */
function namesIn(text: string): Set<string> {
  const names = new Set<string>();
  if (!/^\s*[[{]/.test(text)) {
    for (const column of csvFields(text.slice(0, text.indexOf('\n')).trim())) names.add(column.trim());
    return names;
  }
  for (const record of recordsIn(text)) {
    for (const [name, value] of Object.entries(record)) {
      names.add(name);
      for (const part of Array.isArray(value) ? value : [value]) {
        if (!isObject(part)) continue;
        for (const inner of Object.keys(part))
          names.add(`${name}${Array.isArray(value) ? '[]' : ''}.${inner}`);
      }
    }
  }
  return names;
}

function recordsIn(text: string): JsonObject[] {
  try {
    const whole: unknown = JSON.parse(text);
    return (Array.isArray(whole) ? whole : [whole]) as JsonObject[];
  } catch {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as JsonObject);
  }
}

describe('real files of incidents', () => {
  it('each becomes a plan, or is refused with a reason, and every field of it is accounted for', {
    timeout: 120_000,
  }, async ({ skip }) => {
    skip(!existsSync(MANIFEST), `no corpus at ${CORPUS}; name one by HEADWATER_CORPUS`);
    const shapes: Record<
      string,
      { files: number; records: number; incidents: number; reports: number; results: number }
    > = {};
    const refused: Record<string, string> = {};
    for (const name of manifest()) {
      const path = join(CORPUS, name);
      const told = await tellsIncidents(path);
      expect(told, name).not.toBeNull();
      const plan = await readIncidents({ path }, told!).catch((error: unknown) => error);
      if (plan instanceof UnfitLog) {
        expect(plan.message, name).toMatch(/^[A-Z].{20,}\.$/);
        refused[name] = plan.message;
        continue;
      }
      if (plan instanceof Error) throw new Error(name, { cause: plan });
      const { format, records, report } = plan as Awaited<ReturnType<typeof readIncidents>>;
      const accounted = new Set([...report.kept, ...report.leftOut].map(({ field }) => field));
      for (const field of namesIn(readFileSync(path, 'utf8'))) {
        // What is passed over is passed over whole.
        if (
          accounted.has(field.replace(/(?:\[\])?\..*$/s, '')) &&
          report.leftOut.some((lost) => field.startsWith(`${lost.field}.`))
        )
          continue;
        expect(accounted, `${name}: ${field}`).toContain(field);
      }
      shapes[format] ??= { files: 0, records: 0, incidents: 0, reports: 0, results: 0 };
      const shape = shapes[format];
      shape.files += 1;
      shape.records += records.length;
      for (const { incident, reports } of records) {
        shape.incidents += incident === null ? 0 : 1;
        shape.reports += reports.length;
        shape.results += incident?.results.length ?? 0;
      }
    }
    console.table(shapes);
    console.table(refused);
    // As far as is known, nothing of the vulnerability database is refused, and of the other no list of incidents.
    expect(Object.keys(refused).filter((name) => name.startsWith('avid/'))).toEqual([]);
    expect(Object.keys(refused).filter((name) => /(?<!translations__)incidents\.json$/.test(name))).toEqual(
      [],
    );
    expect(Object.values(shapes).reduce((sum, { incidents }) => sum + incidents, 0)).toBeGreaterThan(1_000);
  });
});
