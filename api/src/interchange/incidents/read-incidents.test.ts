import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricResults } from './avid-metrics.ts';
import { readIncidents } from './read-incidents.ts';
import { dayOf, safeUrl } from './source-values.ts';
import { tellsIncidents } from './tells-incidents.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-incidents-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: unknown) {
  const path = join(folder, 'file');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  const told = await tellsIncidents(path);
  return told === null ? null : readIncidents({ path }, told);
}

const avid = (more: object = {}) => ({
  data_type: 'AVID',
  metadata: { report_id: 'AVID-2025-R0001' },
  affects: { developer: ['A'], deployer: [], artifacts: [{ type: 'Model', name: 'm' }] },
  problemtype: {
    classof: 'LLM Evaluation',
    type: 'Measurement',
    description: { lang: 'eng', value: 'It lies' },
  },
  description: { lang: 'eng', value: 'It lies when asked.' },
  reported_date: '2025-01-17',
  ...more,
});

describe('telling files of incidents from others', () => {
  it.each([
    ['a report of AVID', avid(), 'AVID'],
    ['a report with its type last', { affects: {}, problemtype: {}, data_type: 'AVID' }, 'AVID'],
    ['a list of reports', [avid()], 'AVID'],
    ['lines of reports', `${JSON.stringify(avid())}\n${JSON.stringify(avid())}\n`, 'AVID'],
    ['incidents in a list', [{ incident_id: 1, title: 'x' }], 'AIID'],
    ['an answer of an API', { data: { incidents: [{ incident_id: 1, title: 'x' }] } }, 'AIID'],
    ['a snapshot', { incidents: [{ incident_id: 1 }], reports: [{ report_number: 1 }] }, 'AIID'],
    ['a table', 'incident_id,date,title\n1,2020-01-01,x\n', 'AIID'],
    ['an Inspect log', { version: 2, status: 'success', eval: { task: 't' } }, null],
    ['results of other evaluations', { results: { mmlu: { 'acc,none': 0.5 } }, config: {} }, null],
    ['a list of other things', [{ id: 1 }], null],
    ['lines of lineage', '{"node":"source:x"}\n', null],
    ['no JSON', 'hello, world\nagain, again', null],
    ['nothing', '', null],
  ])('%s', async (_what, content, catalogue) => {
    const path = join(folder, 'told');
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    expect((await tellsIncidents(path))?.catalogue ?? null).toBe(catalogue);
  });
});

describe('a report of AVID', () => {
  it('becomes an incident whose severity is said to be no assessment, and whose day stays unknown', async () => {
    const plan = (await read(avid()))!;
    expect(plan.format).toBe('avid-json');
    const [record] = plan.records;
    expect(record).toMatchObject({ externalId: 'AVID-2025-R0001', part: 'report' });
    expect(record!.incident).toMatchObject({
      title: 'It lies',
      setting: 'SAFETY_TEST',
      severity: 'LOW',
      occurredAt: null,
      models: ['m'],
    });
    expect(record!.incident!.summary).toMatch(
      /^It lies when asked\.\n\n— .*AVID-2025-R0001.*no assessment\.$/s,
    );
    expect(plan.report.warnings).toEqual([expect.stringContaining('no assessment')]);
  });

  it('takes the severity that CVSS states, and says whose it is', async () => {
    const plan = (await read(avid({ impact: { cvss: { baseSeverity: 'HIGH', baseScore: 7.4 } } })))!;
    expect(plan.records[0]!.incident).toMatchObject({ severity: 'HIGH' });
    expect(plan.records[0]!.incident!.summary).toContain('base severity of CVSS that it states (7.4)');
    expect(plan.report.warnings).toEqual([]);
  });

  it.each([
    ['CVE Entry', 'Advisory', 'DEPLOYMENT'],
    ['Third-party Report', 'Measurement', 'RED_TEAM'],
    ['ATLAS Case Study', 'Advisory', 'RED_TEAM'],
    ['LLM Evaluation', 'Advisory', 'SAFETY_TEST'],
    ['Undefined', 'Detection', 'SAFETY_TEST'],
    ['', undefined, 'DEPLOYMENT'],
  ])('classed %s, of type %s, was seen in %s', async (classof, type, setting) => {
    const plan = (await read(avid({ problemtype: { classof, type, description: { value: 'x' } } })))!;
    expect(plan.records[0]!.incident!.setting).toBe(setting);
  });

  it('keeps every field of the first two levels, or says why not', async () => {
    const odd = avid({ unheard_of: { of: 1, other: [2] }, __proto__x: 3, credit: null });
    const plan = (await read(odd))!;
    const told = new Set([...plan.report.kept, ...plan.report.leftOut].map(({ field }) => field));
    for (const name of Object.keys(odd)) expect(told).toContain(name);
    expect(told).toContain('unheard_of.of');
    expect(told).toContain('affects.artifacts');
    const unknown = plan.report.kept.find(({ field }) => field === 'unheard_of');
    expect(unknown?.how).toContain('not understood');
    expect(plan.records[0]!.content).toMatchObject({ unheard_of: { of: 1, other: [2] } });
  });

  it('of each line of a scan is a record of its own, told apart by what it says where it has no id', async () => {
    const line = (value: string) =>
      JSON.stringify(avid({ metadata: null, problemtype: { description: { value } } }));
    const plan = (await read(`${line('one')}\n\n${line('two')}`))!;
    expect(plan.format).toBe('avid-jsonl');
    expect(plan.records.map(({ externalId }) => externalId)).toEqual([null, null]);
    expect(new Set(plan.records.map(({ contentDigest }) => contentDigest)).size).toBe(2);
  });

  it('gives links only to the web: other addresses are text', async () => {
    const references = [
      { label: 'good', url: 'https://example.org/a' },
      { label: 'again', url: 'https://example.org/a' },
      { label: 'bad', url: 'javascript:alert(1)' },
      { label: 'near', url: '../img/x.png' },
      { label: '', url: 'data:text/html,x' },
      'no object',
    ];
    const plan = (await read(avid({ references })))!;
    expect(plan.records[0]!.reports.map(({ title, url }) => [title, url])).toEqual([
      ['AVID report AVID-2025-R0001', 'https://avidml.org/database/avid-2025-r0001/'],
      ['good', 'https://example.org/a'],
      ['bad (javascript:alert(1))', null],
      ['near (../img/x.png)', null],
      ['data:text/html,x', null],
    ]);
  });

  it('that says nothing of what happened is refused with the reason', async () => {
    await expect(read({ data_type: 'AVID' })).rejects.toThrow(/neither in its problemtype nor/);
    await expect(read('{"data_type":"AVID",')).rejects.toThrow('cut short');
    const deep = `{"data_type":"AVID","x":${'['.repeat(500)}${']'.repeat(500)}}`;
    await expect(read(deep)).rejects.toThrow('nests deeper');
  });
});

describe('metrics of AVID', () => {
  it('of both shapes become reported results, with the subject that a row names', () => {
    expect(metricResults([{ scorer: 'choice', metrics: 'accuracy', value: 0.9 }], 'm')).toEqual([
      { statement: 'choice, accuracy: value 0.9', value: 0.9, subject: 'm' },
    ]);
    const rows = [{ detector: 'd', passed: 52, score: 89.65, total_evaluated: 58 }];
    expect(metricResults([{ name: 'n', detection_method: {}, results: { rows } }], 'm')).toEqual([
      { statement: 'n: detector d, passed 52, score 89.65, total_evaluated 58', value: 89.65, subject: 'm' },
    ]);
    const tests = [{ Model: 'Q', 'Test Kind': 'k', 'Test Score': '45.0' }];
    expect(metricResults([{ name: '0DIN', results: { 'Test Scores': tests } }], null)).toEqual([
      { statement: '0DIN: Test Kind k, Test Score 45.0', value: 45, subject: 'Q' },
    ]);
  });

  it('of columns, or of no figure at all, are told in words', () => {
    const honest = {
      name: 'HONEST',
      results: { pvalue: [0.6], stat: [''] },
      detection_method: { name: 'Z-test' },
    };
    expect(metricResults([honest], 'm')).toEqual([
      { statement: 'HONEST by Z-test: results {"pvalue":[0.6],"stat":[""]}', value: null, subject: 'm' },
    ]);
    expect(metricResults([{ scorer: 's', metrics: 'm', value: 'NaN' }, 5, null], null)).toEqual([
      { statement: 's, m: value NaN', value: null, subject: null },
    ]);
    expect(metricResults({ not: 'a list' }, null)).toEqual([]);
  });
});

describe('exports of the AI Incident Database', () => {
  const incident = {
    incident_id: 23,
    title: 'A title',
    description: 'What happened.',
    date: '2020-02-03',
    reports: [5],
  };

  it('give incidents with the day on which they happened; those similar are related, editors first', async () => {
    const more = {
      editor_similar_incidents: [7],
      nlp_similar_incidents: [{ incident_id: 7 }, { incident_id: 9 }],
    };
    const plan = (await read([{ ...incident, ...more, embedding: { vector: [1] } }]))!;
    expect(plan.records[0]).toMatchObject({ externalId: '23', url: 'https://incidentdatabase.ai/cite/23/' });
    expect(plan.records[0]!.incident).toMatchObject({ setting: 'DEPLOYMENT', severity: 'LOW' });
    expect(plan.records[0]!.incident!.occurredAt).toEqual(new Date('2020-02-03'));
    expect(plan.records[0]!.related.map(({ externalId }) => externalId)).toEqual(['7', '9']);
    expect(plan.records[0]!.related[0]!.relation).toContain('editors');
    expect(plan.records[0]!.content).not.toHaveProperty('embedding');
    expect(plan.report.leftOut).toEqual([
      { field: 'embedding', count: 1, reason: 'computed from the texts' },
    ]);
  });

  it('may be longer than other lines in a table, as whole reports are', async () => {
    const text = 'What a report says. '.repeat(20_000);
    const long = await read(
      `incident_id,date,reports,title,description\n24,2020-02-03,"[5]",A title,"${text}"\n`,
    );
    expect(long!.records[0]!.incident!.title).toBe('A title');
    expect(long!.report.leftOut.map(({ field }) => field)).not.toContain('(lines)');
  });

  it('are read alike as a list, lines, a table, a snapshot and an answer', async () => {
    const csv = `incident_id,date,reports,title,description\n23,2020-02-03,"[5]",A title,What happened.\n`;
    const shapes = [
      [incident],
      incident,
      `${JSON.stringify(incident)}\n${JSON.stringify({ ...incident, incident_id: 24 })}`,
      csv,
      { incidents: [incident], reports: [] },
      { data: { incidents: [incident] } },
      JSON.stringify([incident], null, 2),
    ];
    for (const shape of shapes) {
      const [record] = (await read(shape))!.records;
      expect(record, JSON.stringify(shape)).toMatchObject({ externalId: '23', part: 'incident' });
      expect(record!.content.reports).toEqual([5]);
      expect(record!.incident!.title).toBe('A title');
    }
  });

  it('that add to incidents come after them in one file', async () => {
    const plan = (await read({
      reports: [{ report_number: 5, title: 'In the press', url: 'https://example.org/5', text: 'long' }],
      classifications: [{ namespace: 'CSETv1', attributes: [], incidents: [23, 24] }],
      incidents: [incident],
      duplicates: [{ duplicate_incident_number: 24, true_incident_number: 23 }],
    }))!;
    expect(
      plan.records.map(({ part, externalId, reportNumber }) => [part, externalId, reportNumber]),
    ).toEqual([
      ['incident', '23', null],
      ['press report', null, 5],
      ['classification', '23', null],
      ['classification', '24', null],
      ['duplicate', '24', null],
    ]);
  });

  it.each([
    ['a taxonomy', [{ namespace: 'CSETv1', field_list: [] }], 'a taxonomy'],
    ['parties', [{ entity_id: 'a', name: 'A' }], 'parties without an incident'],
    ['submissions', [{ incident_title: 'x', url: 'https://example.org' }], 'has not accepted'],
    ['a table of words', { fieldMappings: {}, valueMappings: {} }, 'words of one taxonomy'],
    ['translations of reports', [{ report_number: 1, language: 'es', title: 'x' }], 'without a web address'],
  ])('that hold %s are refused with the reason', async (_what, content, reason) => {
    await expect(read(content)).rejects.toThrow(reason);
  });

  it('with lines that are broken say how many, and take the rest', async () => {
    const plan = (await read('incident_id,title\n1,a\n2\n3,c,d\n4,e\n'))!;
    expect(plan.records.map(({ externalId }) => externalId)).toEqual(['1', '4']);
    expect(plan.report.leftOut).toEqual([
      { field: '(lines)', count: 2, reason: 'a line has another number of fields than the first' },
    ]);
  });
});

describe('values of a source', () => {
  it.each([
    ['2025-01-17', '2025-01-17T00:00:00.000Z'],
    ['5/19/2015', '2015-05-19T00:00:00.000Z'],
    [{ $date: '2020-01-01T00:00:00.000Z' }, '2020-01-01T00:00:00.000Z'],
    [1577836800, '2020-01-01T00:00:00.000Z'],
    ['1983-09-26', '1983-09-26T00:00:00.000Z'],
    ['2025-02-31', null],
    ['0001-01-01', null],
    ['soon', null],
    [1e300, null],
    [null, null],
  ])('the day %j is %j', (stated, day) => {
    expect(dayOf(stated)?.toISOString() ?? null).toBe(day);
  });

  it.each([
    ['https://example.org/x', true],
    ['http://example.org', true],
    ['JavaScript:alert(1)', false],
    ['https://user:word@example.org', false],
    ['https://exa\u200bmple.org', false],
    [`https://example.org/${'x'.repeat(3_000)}`, false],
    [5, false],
  ])('an address %j may be followed: %j', (url, safe) => {
    expect(safeUrl(url) !== null).toBe(safe);
  });
});
