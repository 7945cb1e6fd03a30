// Reports of AVID itself: brought in, exported, and brought in again, they say the same.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { avidReport } from '../../api/src/interchange/incidents/avid-report.ts';
import { readIncidents } from '../../api/src/interchange/incidents/read-incidents.ts';
import { tellsIncidents } from '../../api/src/interchange/incidents/tells-incidents.ts';
import type { JsonObject } from '../../api/src/interchange/inspect/inspect-log.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CORPUS = process.env.HEADWATER_CORPUS ?? resolve(ROOT, '../shared/data');
const REPORTS = join(CORPUS, 'incidents/avid/reports');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-avid-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The record that the importer makes of a report. */
async function imported(report: JsonObject) {
  const path = join(folder, 'report.json');
  await writeFile(path, JSON.stringify(report));
  const told = await tellsIncidents(path);
  return (await readIncidents({ path }, told!)).records[0]!;
}

describe('reports of the catalogue itself', () => {
  it('say the same after they were brought in and exported', async ({ skip }) => {
    skip(!existsSync(REPORTS), `no corpus at ${CORPUS}; name one by HEADWATER_CORPUS`);
    const files = readdirSync(REPORTS, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    );
    expect(files.length).toBeGreaterThan(20);
    let compared = 0;
    for (const name of files) {
      const report = JSON.parse(readFileSync(join(REPORTS, name), 'utf8')) as JsonObject;
      const before = await imported(report).catch(() => null);
      if (before?.incident == null) continue;
      const { incident: filed } = before;
      const after = await imported(
        avidReport({
          facts: { key: null, submittedAt: null, ...filed },
          models: [],
          results: filed.results,
          reports: before.reports.map((one) => ({
            publisher: null,
            url: null,
            author: null,
            publishedAt: null,
            language: null,
            ...one,
          })),
          truncations: [],
          origin: before.content,
        }),
      );
      expect({ ...after.incident, summary: null }, name).toEqual({ ...filed, summary: null });
      expect(after.reports, name).toEqual(before.reports);
      expect(after.externalId).toBe(before.externalId);
      expect(after.related).toEqual(before.related);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(20);
  });
});
