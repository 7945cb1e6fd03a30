import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken } from '../../../api/src/access/api-tokens.ts';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { recordReportedResult } from '../../../api/src/evaluation/record-reported-result.ts';
import { type FileIncidentInput, fileIncident } from '../../../api/src/incident/file-incident.ts';
import type { VisibilityWord } from '../../../api/src/lineage/node.ts';
import { registerModelVersion } from '../../../api/src/model/register-model-version.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { type ImportWorld, importWorld } from './inspect-fixture.ts';

let world: ImportWorld;
let api: RunningApi;
let author: Principal;
let reader: Principal;
beforeAll(async () => {
  world = await importWorld();
  api = await startApi({ services: world.services, host: '127.0.0.1', port: 0 });
  author = await world.person('INVESTIGATOR');
  reader = await world.person('REPORTER');
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const tokenOf = async (by: Principal) => {
  const { token } = await world.services.db.$transaction((tx) =>
    createApiToken(
      { tx, by, teamId: by.teamIds[0]!, context: world.services },
      { name: 'export', scopes: ['read'] },
    ),
  );
  return token;
};

const get = async (key: string, by: Principal | null, query = '?format=avid') =>
  fetch(`${api.url}/export/incident/${key}${query}`, {
    headers: by === null ? {} : { authorization: `Bearer ${await tokenOf(by)}` },
  });

const model = (name: string, visibility: VisibilityWord) =>
  inChange(requestContext(world.services, author), 'write:lineage', (change) =>
    registerModelVersion(change, { model: name, version: '1', visibility }),
  );

async function file(more: Partial<FileIncidentInput> = {}) {
  const context = requestContext(world.services, author);
  const { incidentId } = await inChange(context, 'write:incidents', (change) =>
    fileIncident(change, {
      title: 'It threatened to tell',
      summary: 'It read the mails.',
      setting: 'RED_TEAM',
      severity: 'CRITICAL',
      occurredAt: new Date('2025-05-22T00:00:00Z'),
      draft: false,
      ...more,
    }),
  );
  return world.records.incident.findUniqueOrThrow({ where: { nodeId: incidentId } });
}

describe('an incident exported as a report of AVID', () => {
  it('is a file to be kept, and gives the same incident where another team brings it in', async () => {
    await model('quiet', 'MEMBERS');
    const filed = await file({
      modelVersions: ['model:quiet@1'],
      reports: [
        {
          title: 'Card',
          url: 'https://example.org/card',
          publisher: 'A lab',
          publishedAt: new Date('2025-05-23'),
        },
      ],
    });
    const incident = requestContext(world.services, author).ids.encode('Incident', filed.nodeId);
    await inChange(requestContext(world.services, author), 'write:evals', (change) =>
      recordReportedResult(change, {
        incident,
        statement: 'In 84 % of rollouts',
        value: 0.84,
        qualifier: 'EXACT',
        subject: 'a model without a name',
        citation: { source: 'Card', certainty: 'PRIMARY' },
      }),
    );
    const response = await get(filed.key!, reader);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(response.headers.get('content-disposition')).toContain(`${filed.key}.avid.json`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const bytes = Buffer.from(await response.arrayBuffer());

    const { id, row } = await world.bringIn(reader, bytes, 'report.json');
    expect(row).toMatchObject({ status: 'SUCCEEDED', format: 'avid-json' });
    const made = await world.records.incident.findFirstOrThrow({
      where: { incidentOriginAsIncident: { some: { importId: id } } },
      include: { reportAsIncident: true, reportedResultAsIncident: true },
    });
    const { title, setting, severity, occurredAt } = filed;
    expect(made).toMatchObject({ title, setting, severity, occurredAt });
    expect(made.key).not.toBe(filed.key);
    expect(made.summary).toMatch(/^It read the mails\.\n\n— Brought in from an AVID report/);
    expect(made.reportAsIncident).toMatchObject([
      {
        title: 'Card',
        url: 'https://example.org/card',
        publisher: 'A lab',
        publishedAt: new Date('2025-05-23'),
      },
    ]);
    expect(made.reportedResultAsIncident).toMatchObject([
      { statement: 'In 84 % of rollouts', value: 0.84, subject: 'a model without a name' },
    ]);
    const linked = await world.records.$queryRaw`
      select u.name, u.version from edge e join node u on u.id = e.upstream
      where e.downstream = ${made.nodeId} and e.kind = 'EXHIBITED_BY'`;
    expect(linked).toEqual([{ name: 'quiet', version: '1' }]);
  });

  it('holds nothing that its reader may not see, and is not there where they see no incident', async () => {
    await model('secret-model', 'RESTRICTED');
    const seen = await file({ modelVersions: ['model:secret-model@1'], title: 'Seen by members' });
    expect(await (await get(seen.key!, author)).text()).toContain('secret-model');
    expect(await (await get(seen.key!, reader)).text()).not.toContain('secret-model');
    const hidden = await file({ visibility: 'RESTRICTED', title: 'Seen by nobody else' });
    const answers = await Promise.all([
      get(hidden.key!, reader),
      get('MBI-1999-0001', reader),
      get(seen.key!, null),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    const said = await Promise.all(answers.map((answer) => answer.json()));
    expect(new Set(said.map(({ error }) => error.message)).size).toBe(1);
    expect((await get(hidden.key!, author)).status).toBe(200);
  });

  it('says of which of its lists there is more than it holds', async () => {
    const filed = await file({ title: 'Often written about' });
    await world.records.$executeRaw`
      insert into report (incident_id, title, visibility, team_id, actor_id)
      select i.node_id, 'report ' || g, case when g > 1010 then 'RESTRICTED' else 'MEMBERS' end::visibility, n.team_id, n.actor_id
      from incident i join node n on n.id = i.node_id, generate_series(1, 1020) g where i.node_id = ${filed.nodeId}`;
    const report = await (await get(filed.key!, reader)).json();
    expect(report.references).toHaveLength(1_000);
    expect(report.headwater.truncations).toEqual([{ field: 'references', shown: 1_000, total: 1_010 }]);
  });

  it('is asked for by its format', async () => {
    const { key } = await file();
    for (const query of ['', '?format=pdf']) {
      const answer = await get(key!, reader, query);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('format=avid');
    }
  });
});
