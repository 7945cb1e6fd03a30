import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { processorSeconds } from '../../platform/processor-time-fixture.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import { avidReport, type ExportedIncident } from './avid-report.ts';
import type { PlannedRecord } from './planned-incident.ts';
import { readIncidents } from './read-incidents.ts';
import { tellsIncidents } from './tells-incidents.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-avid-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The record that the importer makes of a report. */
async function imported(report: unknown): Promise<PlannedRecord> {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(report));
  const told = await tellsIncidents(path);
  expect(told).toEqual({ catalogue: 'AVID', columns: null });
  const plan = await readIncidents({ path }, told!);
  expect(plan.records).toHaveLength(1);
  return plan.records[0]!;
}

const incident = (more: Partial<ExportedIncident> = {}): ExportedIncident => ({
  facts: {
    key: 'MBI-2025-0001',
    title: 'A model threatened to tell',
    summary: 'It read the mails.\n\nThen it wrote one.',
    setting: 'SAFETY_TEST',
    severity: 'HIGH',
    occurredAt: new Date('2025-05-22T00:00:00Z'),
    submittedAt: new Date('2025-06-01T08:00:00Z'),
  },
  models: ['opus@4', 'lab/quiet-7b@step10'],
  results: [
    { statement: 'Threats in 84 % of rollouts', value: 0.84, subject: null },
    { statement: 'No figure is given', value: null, subject: 'an unnamed model' },
  ],
  reports: [
    {
      title: 'System card',
      publisher: 'A lab',
      url: 'https://example.org/card',
      author: 'Somebody',
      publishedAt: new Date('2025-05-22T00:00:00Z'),
      language: 'en',
    },
    { title: 'A talk', publisher: null, url: null, author: null, publishedAt: null, language: null },
  ],
  truncations: [],
  origin: null,
  ...more,
});

describe('an incident as a report of AVID', () => {
  const summaryOf = (summary: string) => {
    const { facts } = incident();
    return avidReport(incident({ facts: { ...facts, summary } })).description;
  };
  const brought = '\n\n— Brought in from an AVID report.';

  it('ends before where it was brought in from, however often, and not before what was written since', () => {
    const said = (value: string) => ({ lang: 'eng', value });
    expect(summaryOf(`It gave way.${brought}${brought}`)).toEqual(said('It gave way.'));
    expect(summaryOf(`${brought}${brought}`)).toEqual(said(''));
    for (const whole of [`It gave way.${brought}\nSo it was.`, `It gave way.${brought}\n\nMore.`, 'It', ''])
      expect(summaryOf(whole)).toEqual(said(whole));
    expect(summaryOf(`It gave way.${brought}\n\nMore.${brought}`)).toEqual(
      said(`It gave way.${brought}\n\nMore.`),
    );
  });

  it('is made of a summary of half a million characters in no time, whatever that repeats', async () => {
    const summary = `${brought.repeat(15_000)}\n`;
    const seconds = await processorSeconds(() => summaryOf(summary));
    expect(seconds).toBeLessThan(0.5);
  });

  it('says of what there is more than it tells, and nothing of it where it is whole', () => {
    const truncations = [{ field: 'references', shown: 2, total: 1_020 }];
    expect(avidReport(incident({ truncations })).headwater).toMatchObject({ truncations });
    expect(avidReport(incident()).headwater).not.toHaveProperty('truncations');
  });

  it('has the fields that AVID names, and no id, which AVID gives', () => {
    const report = avidReport(incident());
    expect(report).toMatchObject({
      data_type: 'AVID',
      data_version: '0.2',
      metadata: null,
      affects: {
        developer: [],
        deployer: [],
        artifacts: [
          { type: 'Model', name: 'opus@4' },
          { type: 'Model', name: 'lab/quiet-7b@step10' },
        ],
      },
      problemtype: {
        classof: 'LLM Evaluation',
        type: 'Measurement',
        description: { lang: 'eng', value: 'A model threatened to tell' },
      },
      description: { lang: 'eng', value: 'It read the mails.\n\nThen it wrote one.' },
      impact: null,
      reported_date: '2025-06-01',
    });
  });

  it('gives the same incident where it is brought in again', async () => {
    for (const setting of ['SAFETY_TEST', 'RED_TEAM', 'DEPLOYMENT', 'TRAINING'] as const)
      for (const severity of ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const) {
        const sent = incident({ facts: { ...incident().facts, setting, severity } });
        const record = await imported(avidReport(sent));
        const { title, occurredAt } = sent.facts;
        const { models, results } = sent;
        expect(record.incident).toMatchObject({ title, setting, severity, occurredAt, models, results });
        expect(record.externalId).toBeNull();
        expect(record.reports).toEqual(
          sent.reports.map((one) =>
            Object.fromEntries(
              Object.entries(one).filter(([name, value]) => value !== null || name === 'url'),
            ),
          ),
        );
        expect(record.incident!.summary.split('\n\n— ')).toEqual([
          sent.facts.summary,
          'Brought in from an AVID report without an id, reported on 2025-06-01. The severity is the one recorded where the report was exported from.',
        ]);
      }
  });

  it('gives the same report again, however often it goes to and fro', async () => {
    const first = avidReport(incident());
    const { incident: filed, reports, content } = await imported(first);
    const again = avidReport({
      facts: { ...incident().facts, ...filed!, submittedAt: new Date('2026-01-01') },
      models: filed!.models,
      results: filed!.results,
      reports: reports.map((one) => ({
        publisher: null,
        url: null,
        author: null,
        publishedAt: null,
        language: null,
        ...one,
      })),
      truncations: [],
      origin: content,
    });
    expect(again).toEqual(first);
  });

  it('keeps what AVID said of an incident that came from there, and what was recorded since stands in its place', async () => {
    const origin = {
      data_type: 'AVID',
      data_version: '0.3.3',
      metadata: { report_id: 'AVID-2025-R0001' },
      affects: { developer: ['Lab'], deployer: ['Host'], artifacts: [{ type: 'Dataset', name: 'set' }] },
      problemtype: {
        classof: 'LLM Evaluation',
        type: 'Detection',
        description: { lang: 'eng', value: 'Old title' },
      },
      metrics: [{ scorer: 'match', metrics: 'accuracy', value: 0.25 }],
      references: [{ type: 'source', label: 'A page', url: 'https://example.org/a' }],
      impact: { avid: { vuln_id: null, risk_domain: ['Ethics'], sep_view: ['E0101: Group fairness'] } },
      credit: [{ lang: 'eng', value: 'Somebody' }],
      reported_date: '2025-01-17',
    } satisfies JsonObject;
    const report = avidReport(incident({ origin }));
    const { data_type, data_version, metadata, impact, credit, reported_date } = origin;
    expect(report).toMatchObject({ data_type, data_version, metadata, impact, credit, reported_date });
    expect(report.problemtype).toMatchObject({
      type: 'Detection',
      description: { value: 'A model threatened to tell' },
    });
    expect(report.affects).toMatchObject({
      developer: ['Lab'],
      artifacts: [{ name: 'set' }, { name: 'opus@4' }, {}],
    });
    const record = await imported(report);
    expect(record.externalId).toBe('AVID-2025-R0001');
    expect(record.incident!.severity).toBe('HIGH');
    expect(record.incident!.results[0]).toMatchObject({
      statement: 'match, accuracy: value 0.25',
      value: 0.25,
    });
    expect(record.reports.map(({ title }) => title)).toEqual([
      'AVID report AVID-2025-R0001',
      'A page',
      'System card',
      'A talk',
    ]);
  });

  it('believes no setting or severity that there is not', async () => {
    const report = {
      ...avidReport(incident()),
      headwater: { setting: 'SPACE', severity: 7, occurredAt: 'soon' },
    };
    const record = await imported(report);
    expect(record.incident).toMatchObject({ setting: 'SAFETY_TEST', severity: 'LOW', occurredAt: null });
  });
});
