import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { importFile } from '../../../api/src/interchange/import-file.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { asJson, logOf } from './inspect-fixture.ts';

describe('a restricted file that very much is told of', () => {
  let api: TestApi;
  let reporter: Principal;
  let id: bigint;
  let ref: string;

  beforeAll(async () => {
    api = await testApi();
    reporter = await api.person('REPORTER');
    const path = join(api.services.dataFolder, randomUUID());
    await writeFile(path, asJson(logOf({ evalId: 'manymanymany0001' })));
    const file = { path, name: 'log.json', visibility: 'RESTRICTED' as const };
    id = (await importFile(requestContext(api.services, reporter), file)).id;
    ref = api.services.ids.encode('Import', id);
  });
  afterAll(() => api.close());

  it('names the first thousand of its eval runs where a reason is recorded', async () => {
    await api.records.$transaction([
      api.records.$executeRaw`
        insert into node (kind, name, visibility, team_id, actor_id)
        select n.kind, 'run ' || g, n.visibility, n.team_id, n.actor_id
        from node n join eval_run r on r.node_id = n.id, generate_series(1, 1000) g where r.import_id = ${id}`,
      api.records.$executeRaw`
        insert into eval_run (node_id, evaluation_version_id, import_id)
        select n.id, r.evaluation_version_id, r.import_id
        from node n, eval_run r where r.import_id = ${id} and n.name like 'run %'`,
    ]);
    const { data } = await api.as(reporter)(
      `mutation ($input: RevealImportInput!) { revealImport(input: $input) { __typename } }`,
      { input: { import: ref, reason: 'To see what the model was told.' } },
    );
    expect(data.revealImport.__typename).toBe('RevealImportSuccess');
    expect(await api.records.event.count({ where: { type: 'IMPORT_REVEALED' } })).toBe(1_000);
  });

  it('shows the last thousand of its reveals and says how many there are, reading no more', async () => {
    await api.records.$executeRaw`
      insert into import_reveal (import_id, reason, expires_at, visibility, team_id, actor_id)
      select v.import_id, 'reason ' || g, v.expires_at, v.visibility, v.team_id, v.actor_id
      from import_reveal v, generate_series(1, 1100) g where v.import_id = ${id}`;
    const { data, statements } = await api.as(reporter)(
      `{ import(id: "${ref}") { file { reveals { reason } truncations { field shown total } } } }`,
    );
    const { reveals, truncations } = data.import.file;
    expect([reveals.length, reveals[0].reason]).toEqual([1_000, 'reason 1100']);
    expect(truncations).toEqual([{ field: 'reveals', shown: 1_000, total: 1_101 }]);
    const reading = statements.filter((sql) => /from import_reveal r/.test(sql));
    expect(reading).toHaveLength(1);
    expect(reading[0]).toContain('"listPlace" <=');
  });
});
