import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal, Scope } from '../../../api/src/access/viewer.ts';
import { registerModelVersion } from '../../../api/src/model/register-model-version.ts';
import type { Turns } from '../../../api/src/platform/turns.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { aiid, json } from './incidents-fixture.ts';
import { type ImportWorld, importWorld } from './inspect-fixture.ts';

const avid = (id: string | null, more: object = {}) => ({
  data_type: 'AVID',
  data_version: '0.3.3',
  metadata: id === null ? null : { report_id: id },
  affects: { developer: ['Lab'], deployer: ['Host'], artifacts: [{ type: 'Model', name: 'quiet-7b' }] },
  problemtype: { classof: 'LLM Evaluation', type: 'Measurement', description: { value: `Title of ${id}` } },
  metrics: [{ scorer: 'match', metrics: 'accuracy', value: 0.25 }],
  references: [{ type: 'source', label: 'A page', url: 'https://example.org/a' }],
  description: { lang: 'eng', value: `What ${id} describes.` },
  impact: { avid: { risk_domain: ['Ethics'], sep_view: ['E0101: Group fairness'], lifecycle_view: [] } },
  credit: [{ lang: 'eng', value: 'Somebody' }],
  reported_date: '2025-01-17',
  ...more,
});

describe('files of incidents', () => {
  let world: ImportWorld;
  let reporter: Principal;
  beforeAll(async () => {
    world = await importWorld();
    reporter = await world.person('REPORTER');
  });
  afterAll(() => world.close());

  const filed = (importId: bigint) =>
    world.records.incident.findMany({
      where: { incidentOriginAsIncident: { some: { importId } } },
      include: {
        node: { include: { citation: true } },
        reportAsIncident: { orderBy: { id: 'asc' } },
        reportedResultAsIncident: { include: { citation: true } },
        incidentOriginAsIncident: { orderBy: { id: 'asc' } },
        relatedIncidentAsIncident: true,
      },
      orderBy: { nodeId: 'asc' },
    });
  const all = () =>
    Promise.all([
      world.records.incident.count(),
      world.records.report.count(),
      world.records.reportedResult.count(),
      world.records.incidentOrigin.count(),
      world.records.relatedIncident.count(),
    ]);

  it('a report of AVID becomes an incident with key, citation, links, figures, and what the source says', async () => {
    const { id, row } = await world.bringIn(reporter, json(avid('AVID-2025-R0001')), 'x.bin');
    expect(row).toMatchObject({ status: 'SUCCEEDED', format: 'avid-json', error: null });
    const [incident, ...others] = await filed(id);
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      title: 'Title of AVID-2025-R0001',
      setting: 'SAFETY_TEST',
      severity: 'LOW',
      status: 'SUBMITTED',
      occurredAt: null,
      node: {
        visibility: 'MEMBERS',
        citation: { source: 'AVID', locator: 'AVID-2025-R0001', certainty: 'SECONDARY' },
      },
    });
    expect(incident!.key).toMatch(/^MBI-\d{4}-\d{4}$/);
    expect(incident!.node.name).toBe(incident!.key);
    expect(incident!.summary).toContain('no assessment');
    expect(incident!.reportAsIncident.map(({ title, url }) => [title, url])).toEqual([
      ['AVID report AVID-2025-R0001', 'https://avidml.org/database/avid-2025-r0001/'],
      ['A page', 'https://example.org/a'],
    ]);
    expect(incident!.reportedResultAsIncident).toMatchObject([
      { value: 0.25, subject: 'quiet-7b', citation: { locator: 'AVID-2025-R0001', certainty: 'SECONDARY' } },
    ]);
    expect(await world.records.measurement.count()).toBe(0);
    expect(incident!.incidentOriginAsIncident).toMatchObject([
      { catalogue: 'AVID', part: 'report', content: { credit: [{ value: 'Somebody' }] } },
    ]);
    expect(row.report!.kept).toContainEqual({ field: 'incidents filed', how: '1' });
    expect(row.report!.warningsOfRecord!.join(' ')).toContain('"quiet-7b"');
    const events = await world.records.event.findMany({ where: { nodeId: incident!.nodeId } });
    expect(events.map(({ type }) => type)).toContain('INCIDENT_FILED');
  });

  it('the same bytes give the same import, and the same record in other bytes makes nothing', async () => {
    const report = avid('AVID-2025-R0002');
    const first = await world.bringIn(reporter, json(report));
    const before = await all();
    const again = await world.bringIn(reporter, json(report), 'other-name.json');
    expect(again).toMatchObject({ id: first.id, alreadyImported: true });
    const other = await world.bringIn(reporter, Buffer.from(JSON.stringify(report, null, 2)));
    expect(other.id).not.toBe(first.id);
    expect(other.row.report!.recordedBefore).not.toBeNull();
    expect(await all()).toEqual(before);
  });

  it('what a source says otherwise since is added beside what people wrote, once, and told', async () => {
    const first = await world.bringIn(reporter, json(avid('AVID-2025-R0003')));
    const [incident] = await filed(first.id);
    const changed = avid('AVID-2025-R0003', {
      description: { lang: 'eng', value: 'Put in other words.' },
      references: [
        { label: 'A page', url: 'https://example.org/a' },
        { label: 'Another', url: 'https://example.org/b' },
      ],
    });
    const second = await world.bringIn(reporter, json(changed));
    const [after] = await filed(second.id);
    expect(after!.nodeId).toBe(incident!.nodeId);
    expect(after).toMatchObject({ title: incident!.title, summary: incident!.summary });
    expect(after!.reportAsIncident.map(({ url }) => url)).toEqual([
      'https://avidml.org/database/avid-2025-r0003/',
      'https://example.org/a',
      'https://example.org/b',
    ]);
    expect(after!.incidentOriginAsIncident.length).toBe(2);
    expect(second.row.report!.warningsOfRecord!.join('\n')).toMatch(
      new RegExp(`AVID-2025-R0003 says otherwise since, in .*description.*: ${incident!.key} stays`),
    );
    const before = await all();
    await world.bringIn(reporter, json([changed]));
    expect(await all()).toEqual(before);
  });

  it('another record that bears the id of one is left out with the reason, and changes nothing', async () => {
    await world.bringIn(reporter, json(avid('AVID-2025-R0004')));
    const before = await all();
    const draft = avid('AVID-2025-R0004', {
      problemtype: { description: { value: 'Of something else' } },
      description: { value: 'Something else altogether.' },
    });
    const { row } = await world.bringIn(reporter, json(draft));
    expect(row.report!.leftOut).toContainEqual({
      field: 'AVID-2025-R0004',
      count: 1,
      reason: expect.stringContaining('seems to be another record'),
      restsOnRecord: true,
    });
    expect(await all()).toEqual(before);
  });

  it('lines without ids are told apart by what they say', async () => {
    const lines = ['one', 'two', 'one'].map((value) =>
      JSON.stringify(avid(null, { description: { value }, problemtype: { description: { value } } })),
    );
    const { id, row } = await world.bringIn(reporter, Buffer.from(lines.join('\n')));
    expect(row.format).toBe('avid-jsonl');
    expect((await filed(id)).map(({ title }) => title)).toEqual(['one', 'two']);
    expect(row.report!.kept).toContainEqual({
      field: 'records that say what is recorded already',
      how: '1',
    });
  });

  it('links a model version by its exact reference alone, and only where all who see the incident see it', async () => {
    const context = requestContext(world.services, reporter);
    const recorded = async (version: string, visibility: 'PUBLIC' | 'TEAM') =>
      inChange(context, 'write:lineage', (change) =>
        registerModelVersion(change, { model: 'linked-7b', version, visibility }),
      );
    const { modelVersionId } = await recorded('v1', 'PUBLIC');
    await recorded('v2', 'TEAM');
    const artifacts = ['linked-7b@v1', 'linked-7b@v2', 'linked-7b', 'Linked-7b@v1'].map((name) => ({
      type: 'Model',
      name,
    }));
    const { id, row } = await world.bringIn(
      reporter,
      json(avid('AVID-2025-R0005', { affects: { artifacts } })),
    );
    const [incident] = await filed(id);
    const edges = await world.records.edge.findMany({ where: { downstream: incident!.nodeId } });
    expect(edges).toMatchObject([{ kind: 'EXHIBITED_BY', upstream: modelVersionId }]);
    const told = row.report!.warningsOfRecord!.find((warning) => warning.startsWith('Not linked'));
    expect(told).toContain('"linked-7b@v2", "linked-7b", "Linked-7b@v1"');
    expect(told).not.toContain('"linked-7b@v1"');
  });

  it('an export of the AI Incident Database is filed, related, and added to by the files that go with it', async () => {
    const incidents = [
      aiid(1, {
        editor_similar_incidents: [3],
        nlp_similar_incidents: [{ incident_id: 9, similarity: 0.9 }],
      }),
      aiid(2),
      aiid(3, { editor_similar_incidents: [1] }),
    ];
    const { id, row } = await world.bringIn(reporter, json(incidents));
    const [one, two, three] = await filed(id);
    expect(one).toMatchObject({
      title: 'Incident 1',
      occurredAt: new Date('2020-02-03'),
      setting: 'DEPLOYMENT',
    });
    expect(one!.key).toMatch(/^MBI-2020-/);
    expect(one!.relatedIncidentAsIncident).toMatchObject([{ otherId: three!.nodeId }]);
    expect(three!.relatedIncidentAsIncident).toEqual([]);
    expect(row.report!.leftOut).toContainEqual({
      field: 'related incidents',
      count: 1,
      reason: expect.stringContaining('not brought in'),
      restsOnRecord: true,
    });
    const press = await world.bringIn(
      reporter,
      json([
        {
          report_number: 20,
          title: 'In the press',
          url: 'https://example.org/20',
          authors: ['A', 'B'],
          source_domain: 'example.org',
          date_published: { $date: '2020-03-04T00:00:00Z' },
          text: 'long',
        },
        { report_number: 990, title: 'Of none', url: 'https://example.org/990' },
      ]),
    );
    const [withReport] = await filed(press.id);
    expect(withReport!.nodeId).toBe(two!.nodeId);
    expect(withReport!.reportAsIncident.at(-1)).toMatchObject({
      title: 'In the press',
      url: 'https://example.org/20',
      author: 'A, B',
      publisher: 'example.org',
      publishedAt: new Date('2020-03-04'),
    });
    expect(press.row.report!.leftOut).toContainEqual({
      field: 'press report',
      count: 1,
      reason: expect.stringContaining('bring in the incidents first'),
      restsOnRecord: true,
    });
    const more = await world.bringIn(
      reporter,
      json({
        classifications: [
          {
            namespace: 'MIT',
            attributes: [{ short_name: 'Risk Domain', value_json: '"7"' }],
            incidents: [2, 77],
          },
        ],
        incident_links: [
          { incident_id: 3, sameAs: 'https://oecd.ai/en/incidents/x', source_namespace: 'OECD' },
        ],
        duplicates: [{ duplicate_incident_number: 3, true_incident_number: 1 }],
      }),
    );
    const added = await filed(more.id);
    expect(added.map(({ nodeId }) => nodeId)).toEqual([two!.nodeId, three!.nodeId]);
    expect(added[0]!.incidentOriginAsIncident.map(({ part }) => part)).toEqual([
      'incident',
      'press report',
      'classification',
    ]);
    expect(added[1]!.reportAsIncident.at(-1)).toMatchObject({ url: 'https://oecd.ai/en/incidents/x' });
    expect(added[1]!.relatedIncidentAsIncident).toMatchObject([
      { otherId: one!.nodeId, relation: 'is a duplicate of' },
    ]);
  });

  it('adds and relates as if what its sender may not see of an incident were not there', async () => {
    const colleague = await world.person('REPORTER');
    const [teamId] = colleague.teamIds as [bigint];
    const hidden = { visibility: 'RESTRICTED', teamId, actorId: colleague.actorId } as const;
    const { id } = await world.bringIn(reporter, json([aiid(31), aiid(33)]));
    const [one, three] = await filed(id);
    await world.records.report.create({
      data: { incidentId: one!.nodeId, title: 'Theirs', url: 'https://example.org/310', ...hidden },
    });
    await world.records.relatedIncident.create({
      data: { incidentId: three!.nodeId, otherId: one!.nodeId, relation: 'is a duplicate of', ...hidden },
    });
    const press = { report_number: 310, title: 'Press of 310', url: 'https://example.org/310' };
    await world.bringIn(reporter, json([press]));
    const attributes = [{ short_name: 'Risk Domain', value_json: '"7"' }];
    const classifications = [{ namespace: 'MIT', attributes, incidents: [33] }];
    const duplicates = [{ duplicate_incident_number: 33, true_incident_number: 31 }];
    await world.bringIn(reporter, json({ classifications, duplicates }));
    const by = { actorId: reporter.actorId };
    expect(await world.records.report.count({ where: { ...by, title: 'Press of 310' } })).toBe(1);
    expect(await world.records.relatedIncident.count({ where: { ...by, incidentId: three!.nodeId } })).toBe(
      1,
    );
  });

  it('takes hostile content for text: nothing of it runs, is followed, or passes the bounds', async () => {
    const hostile = avid('AVID-2025-R0006', {
      problemtype: { description: { value: `<script>alert(1)</script>\u0000\u202e${'x'.repeat(50_000)}` } },
      description: { value: 'y'.repeat(200_000) },
      references: [
        { label: '<img src=x onerror=alert(1)>', url: 'javascript:alert(1)' },
        ...Array.from({ length: 500 }, (_, i) => ({ label: `${i}`, url: `https://example.org/${i}` })),
      ],
      metrics: Array.from({ length: 900 }, (_, i) => ({ scorer: 's', metrics: `m${i}`, value: i })),
      constructor: { prototype: { polluted: true } },
      huge: 'z'.repeat(300_000),
      api_key: 'sk-secret',
    });
    const text = JSON.stringify(hostile).replace('"huge"', '"__proto__":{"polluted":true},"huge"');
    const { id, row } = await world.bringIn(reporter, Buffer.from(text));
    expect(row.status).toBe('SUCCEEDED');
    const [incident] = await filed(id);
    expect(incident!.title.length).toBe(300);
    expect(incident!.title.startsWith('<script>alert(1)</script>')).toBe(true);
    for (const unseen of ['\u0000', '\u202e']) expect(incident!.title).not.toContain(unseen);
    expect(incident!.summary.length).toBeLessThan(21_000);
    expect(incident!.reportAsIncident.length).toBe(200);
    expect(
      incident!.reportAsIncident.filter(({ url }) => url !== null && !url.startsWith('https://')),
    ).toEqual([]);
    expect(incident!.reportedResultAsIncident.length).toBe(200);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const kept = JSON.stringify(incident!.incidentOriginAsIncident[0]!.content);
    expect(kept).not.toContain('sk-secret');
    expect(kept).not.toContain('zzzz');
    const lost = row.report!.leftOut.map(({ field, count }) => [field, count]);
    expect(lost).toContainEqual(['huge', 1]);
    expect(lost).toContainEqual(['metrics[]', 700]);
    expect(lost).toContainEqual(['references[]', 302]);
  });

  it('refuses what it cannot read as a failed import with the reason, and records nothing else', async () => {
    const before = await all();
    for (const [bytes, reason] of [
      [json([{ incident_id: 0, title: 'x' }]), /names no incident/],
      [Buffer.from(`[{"incident_id":1,"title":${'['.repeat(300)}`), /nests deeper|cut short/],
      [json({ namespace: 'CSETv1', field_list: [] }), /a taxonomy/],
      [Buffer.from('{"data_type":"AVID"} trailing'), /follows the end/],
    ] as const) {
      const { row } = await world.bringIn(reporter, bytes);
      expect(row.status).toBe('FAILED');
      expect(row.error).toMatch(reason);
    }
    expect(await all()).toEqual(before);
  });

  it('asks for the scope for incidents and no other, before anything is recorded', async () => {
    const before = await world.counts();
    const withScopes = (...scopes: Scope[]): Principal => ({ ...reporter, scopes: new Set(scopes) });
    const file = json(avid('AVID-2025-R0007'));
    await expect(world.bringIn(withScopes('read', 'write:evals', 'write:lineage'), file)).rejects.toThrow(
      'The token used lacks the scope write:incidents.',
    );
    await expect(world.bringIn(withScopes('write:incidents'), file)).rejects.toThrow('lacks the scope read');
    await expect(world.bringIn({ kind: 'anonymous' }, file)).rejects.toThrow();
    await expect(world.bringIn(await world.person('VIEWER'), file)).rejects.toThrow();
    const { event: _event, ...counted } = await world.counts();
    expect(counted).toEqual(Object.fromEntries(Object.entries(before).filter(([name]) => name !== 'event')));
    expect((await world.bringIn(withScopes('read', 'write:incidents'), file)).row.status).toBe('SUCCEEDED');
  });

  it('ends where whoever sent it has lost the right to, before the first batch or between two', async () => {
    for (const [turn, taken] of [
      [2, 0],
      [3, 1],
    ] as const) {
      const gone = await world.person('REPORTER');
      let asked = 0;
      const turns: Turns = {
        take: async (work) => {
          asked += 1;
          // The first is for putting the import on record.
          if (asked === turn)
            await world.records.$executeRaw`update actor set disabled_at = now() where id = ${gone.actorId}`;
          return world.services.turns.take(work);
        },
      };
      // What it relates is said after all is taken.
      const file = json([aiid(7_000 + turn, { editor_similar_incidents: [1] })]);
      const brought = world.bringIn(gone, file, 'x', 'MEMBERS', { turns });
      await expect(brought).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
      const row = await world.records.import.findFirst({ where: { actorId: gone.actorId } });
      expect(row).toMatchObject({
        status: 'FAILED',
        error:
          'Whoever sent the file may no longer file incidents for their team, with the rights that they had, or their session or token was ended. What was taken before stays.',
      });
      expect(await filed(row!.id)).toHaveLength(taken);
    }
  });

  it('gives what it makes the visibility asked for; another team finds nothing of it and files its own', async () => {
    const file = json(avid('AVID-2025-R0008'));
    const restricted = await world.bringIn(reporter, file, 'x', 'RESTRICTED');
    const [own] = await filed(restricted.id);
    expect(own!.node.visibility).toBe('RESTRICTED');
    expect(own!.reportAsIncident.every(({ visibility }) => visibility === 'RESTRICTED')).toBe(true);
    expect(own!.reportedResultAsIncident.every(({ visibility }) => visibility === 'RESTRICTED')).toBe(true);
    const team = await world.records.team.create({ data: { namespace: 'elsewhere', name: 'Elsewhere' } });
    const stranger = await world.person('REPORTER');
    await world.records.membership.updateMany({
      where: { actorId: stranger.actorId },
      data: { teamId: team.id },
    });
    const other = await world.bringIn({ ...stranger, teamIds: [team.id] }, file, 'x', 'PUBLIC');
    const [theirs] = await filed(other.id);
    expect(theirs!.nodeId).not.toBe(own!.nodeId);
    expect(theirs!.node.visibility).toBe('PUBLIC');
    expect(JSON.stringify(other.row.report)).not.toContain(own!.key!);
  });

  it('relates what was taken before an import was broken off, and says what of it was not linked', async () => {
    const similar = (id: number, ids: number[]) =>
      aiid(id, { title: `Halfway ${id}`, editor_similar_incidents: ids });
    const file = json([
      similar(2_000, [2_029]),
      ...Array.from({ length: 28 }, (_, i) => similar(2_001 + i, [])),
      similar(2_029, [2_003]),
    ]);
    const named = json(
      ['AVID-2025-R0101', 'AVID-2025-R0102'].map((id) =>
        avid(id, { affects: { artifacts: [{ type: 'Model', name: `never-recorded@${id}` }] } }),
      ),
    );
    // What the first batch took lasts, as each is a transaction; the relations come last, and never came.
    await breakOff(file, 1);
    await breakOff(named, 1);
    const { id, row } = await world.bringIn(reporter, file);
    expect(row).toMatchObject({ status: 'SUCCEEDED' });
    expect(row.report!.kept).toContainEqual({
      field: 'records that say what is recorded already',
      how: '25',
    });
    const taken = await filed(id);
    expect(taken).toHaveLength(30);
    expect(taken[0]!.relatedIncidentAsIncident).toMatchObject([{ otherId: taken[29]!.nodeId }]);
    expect(taken[29]!.relatedIncidentAsIncident).toMatchObject([{ otherId: taken[3]!.nodeId }]);
    const again = await world.bringIn(reporter, named);
    expect(again.row.report!.recordedBefore).not.toBeNull();
    const told = again.row.report!.warningsOfRecord!.find((warning) => warning.startsWith('Not linked'));
    expect(told).toContain('"never-recorded@AVID-2025-R0101", "never-recorded@AVID-2025-R0102"');
  });

  /** Imports a file whose process ends once so many of its batches are taken. */
  const breakOff = async (bytes: Buffer, after: number) => {
    let left = after + 1;
    const turns: Turns = {
      take: (work) => {
        left -= 1;
        if (left < 0) throw new Error('the power went');
        return world.services.turns.take(work);
      },
    };
    await expect(world.bringIn(reporter, bytes, undefined, undefined, { turns })).rejects.toThrow(
      'the power went',
    );
  };

  it('goes on where an import was broken off, and takes nothing a second time', async () => {
    const file = json(Array.from({ length: 40 }, (_, i) => aiid(1_000 + i, { title: `Broken off ${i}` })));
    const first = await world.bringIn(reporter, file);
    const before = await all();
    await world.records
      .$executeRaw`update import set status = 'RUNNING', finished_at = null where id = ${first.id}`;
    const again = await world.bringIn(reporter, file);
    expect(again).toMatchObject({ id: first.id, alreadyImported: false });
    expect(again.row).toMatchObject({ status: 'SUCCEEDED' });
    expect(again.row.report!.recordedBefore).not.toBeNull();
    expect(await all()).toEqual(before);
  });
});
