// What nothing above a socket can be quicker than: node's own server, with the lineage in memory or one SQL statement
// whose JSON is passed through. No visibility, no schema, no limits. Run by run.ts in a process of its own.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { ANONYMOUS } from '../../../api/src/access/viewer.ts';
import { EDGE_KINDS } from '../../../api/src/lineage/kinds.ts';
import { ResidentLineage } from '../../../api/src/lineage/resident/resident-lineage.ts';
import { boundTo } from '../../../api/src/platform/bound-database.ts';
import { openDatabase } from '../../../api/src/platform/database.ts';
import { SEES_PUBLIC } from '../../../api/src/platform/rights.ts';

const MOST = 100_000_000;

/** The lineage upstream of a node, as one JSON text. */
const LINEAGE = `
  with recursive up(id) as (
    select $1::bigint
    union
    select e.upstream from up cross join lateral (
      select upstream from edge where downstream = up.id and retracted_at is null offset 0) e)
  select json_build_object(
    'nodes', (select json_agg(json_build_object('id', n.id, 'kind', n.kind, 'name', n.name, 'version', n.version))
      from up join node n on n.id = up.id),
    'edges', (select json_agg(json_build_object('id', e.id, 'kind', e.kind, 'share', e.amount,
      'upstream', e.upstream, 'downstream', e.downstream))
      from up cross join lateral (select * from edge where downstream = up.id and retracted_at is null offset 0) e)
  )::text as body`;

/** The newest hundred incidents, with what they concern and what was measured, as one JSON text. */
const INCIDENTS = `
  select json_agg(json_build_object('key', i.key, 'title', i.title, 'severity', i.severity, 'status', i.status,
    'occurredAt', i.occurred_at,
    'modelVersions', (select json_agg(json_build_object('name', m.name, 'version', m.version))
      from (
        select e.upstream from edge e where e.downstream = i.node_id and e.kind = 'EXHIBITED_BY'
        union
        select v.upstream from edge o join edge v on v.downstream = o.upstream
        where o.downstream = i.node_id and o.kind = 'OBSERVED_IN' and v.kind = 'EVALUATED') e
      join node m on m.id = e.upstream),
    'measurements', (select json_agg(json_build_object('rate', x.rate, 'sampleCount', x.sample_count,
        'behavior', (select json_build_object('name', b.name) from behavior b where b.id = x.behavior_id)))
      from edge e join measurement x on x.eval_run_id = e.upstream
      where e.downstream = i.node_id and e.kind = 'OBSERVED_IN')
  ))::text as body
  from (select i.* from incident i order by i.occurred_at desc, i.node_id desc limit 100) i`;

const pool = new pg.Pool({ connectionString: process.env.FLOOR_URL, max: 8 });
const db = openDatabase(process.env.DATABASE_URL!, { poolSize: 4 });
const resident = new ResidentLineage({ url: process.env.DATABASE_URL!, db, most: 2 ** 34 });
await resident.ready();

async function inMemory(id: bigint): Promise<Buffer> {
  const source = (await resident.source(boundTo(db, SEES_PUBLIC), ANONYMOUS, resident.moment()!))!;
  const ids = await source.closure([id], 'UPSTREAM', EDGE_KINDS, MOST);
  const [nodes, edges] = await Promise.all([
    source.facts(ids),
    source.edgesFrom(ids, 'UPSTREAM', EDGE_KINDS),
  ]);
  const body = {
    nodes: nodes.map((n) => ({ id: Number(n.id), kind: n.kind, name: n.name, version: n.version })),
    edges: edges.map((e) => ({
      ...{ id: Number(e.id), kind: e.kind, share: e.amount },
      ...{ upstream: Number(e.upstream), downstream: Number(e.downstream) },
    })),
  };
  return Buffer.from(JSON.stringify(body));
}

async function bySql(name: string, text: string, values: string[]): Promise<Buffer> {
  const { rows } = await pool.query<{ body: string }>({ name, text, values });
  return Buffer.from(rows[0]!.body);
}

function send(response: ServerResponse, body: Promise<Buffer>): void {
  body.then(
    (buffer) => response.writeHead(200, { 'content-type': 'application/json' }).end(buffer),
    (error) => response.writeHead(500).end(String(error)),
  );
}

const server = createServer((request, response) => {
  const [, what = '', id = '0'] = (request.url ?? '').split('/');
  if (what === 'memory') send(response, inMemory(BigInt(id)));
  else if (what === 'sql') send(response, bySql('lineage', LINEAGE, [id]));
  else send(response, bySql('incidents', INCIDENTS, []));
});
server.listen(0, '127.0.0.1', () => {
  process.send!({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.once('disconnect', () => process.exit(0));
