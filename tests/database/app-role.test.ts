import { beforeAll, describe, expect, it } from 'vitest';
import { type Connection, code, edge, node, useDatabase } from './record.ts';

const database = useDatabase();
let app: Connection;
beforeAll(async () => {
  app = await database.app();
});

const DENIED = '42501';

describe('the role that the API speaks as', () => {
  it('may read every table and record lineage', async () => {
    const { rows } = await app.query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`,
    );
    for (const { name } of rows)
      expect(await code(app.query(`select from "${name}" limit 1`)), name).toBe('accepted');
    const [a, b] = [await node(app, 'DATASET_VERSION'), await node(app, 'SOURCE')];
    expect(await code(edge(app, a, b))).toBe('accepted');
  });

  it.each([
    ['deletes a node', 'delete from node'],
    ['reads a partition past its table and its policies', 'select from document_handle_0'],
    ['changes a document', 'update document_handle set digest_head = 0'],
    ['truncates edges', 'truncate edge'],
    ['changes what an edge says', 'update edge set upstream = 1'],
    ['changes when a node was recorded', 'update node set recorded_at = now()'],
    ['rewrites an event', "update event set payload = '{}'"],
    ['adds a rule of kinds', "insert into edge_rule values ('USED', 'SOURCE', 'SOURCE', 'DATA', true, true)"],
    ['makes a table', 'create table extra (id int)'],
    ['switches the triggers off', 'alter table edge disable trigger all'],
    ['switches the triggers off for its session', "set session_replication_role = 'replica'"],
    ['edits the history of migrations', 'update _prisma_migrations set checksum = checksum'],
    ["replaces the installation's keys", "update installation set token_key = ''"],
  ])('is refused when it %s', async (_what, sql) => {
    expect(await code(app.query(sql))).toBe(DENIED);
  });
});
