import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../api/src/platform/database.ts';
import { databaseError, REFUSED } from '../../api/src/platform/database-error.ts';
import { refusal, useDatabase } from './record.ts';

const database = useDatabase();
const statements: string[] = [];
let db: Database;
let by: { teamId: bigint; actorId: bigint };
beforeAll(async () => {
  db = openDatabase(database.url(), { poolSize: 3, onStatement: (sql) => statements.push(sql) });
  const [team, actor] = [await db.team.findFirstOrThrow(), await db.actor.findFirstOrThrow()];
  by = { teamId: team.id, actorId: actor.id };
});
afterAll(() => db.close());

let count = 0;
const node = () => db.node.create({ data: { kind: 'DATASET_VERSION', name: `n${++count}`, ...by } });

describe('what the database says, through the Prisma client', () => {
  it('is told by code and detail from a plain write', async () => {
    const [a, b] = [await node(), await node()];
    const edge = (downstream: bigint, upstream: bigint) =>
      db.edge.create({ data: { kind: 'DERIVED_FROM', downstream, upstream, ...by } });
    await edge(a.id, b.id);
    const told = await refusal(edge(b.id, a.id));
    expect(told?.code).toBe(REFUSED.CYCLE);
    expect(JSON.parse(told?.detail ?? '')).toEqual([Number(b.id), Number(a.id)]);
    expect(told?.message).toBe('The upstream node already depends on the downstream node.');
  });

  it('is told alike from a statement written by hand, inside a transaction too', async () => {
    const a = await node();
    const statement = (on: Pick<Database, '$executeRaw'>) => on.$executeRaw`
      insert into edge (kind, downstream, upstream, team_id, actor_id)
      values ('DERIVED_FROM', ${a.id}, ${a.id}, ${by.teamId}, ${by.actorId})`;
    const expected = {
      code: REFUSED.SELF_EDGE,
      message: 'A node cannot depend on itself.',
      detail: `[${a.id}]`,
    };
    expect(await refusal(statement(db))).toMatchObject(expected);
    expect(await refusal(db.$transaction((tx) => statement(tx)))).toMatchObject(expected);
  });

  it('names the violated unique index of either way of writing', async () => {
    const { name } = await node();
    const data = { kind: 'DATASET_VERSION' as const, name, ...by };
    const expected = { code: '23505', constraint: 'node_name_key' };
    expect(await refusal(db.node.create({ data }))).toMatchObject(expected);
    const byHand = db.$executeRaw`insert into node (kind, name, team_id, actor_id)
      values ('DATASET_VERSION', ${name}, ${by.teamId}, ${by.actorId})`;
    expect(await refusal(byHand)).toMatchObject(expected);
  });

  it('names the violated check', async () => {
    const { id } = await node();
    const data = { nodeId: id, property: 'ROWS' as const, valueNumber: -1, ...by };
    expect(await refusal(db.claim.create({ data }))).toMatchObject({
      code: '23514',
      constraint: 'claim_number',
    });
  });

  it('is nothing for an error that is not of the database', () => {
    expect(databaseError(new Error('other'))).toBeNull();
    expect(databaseError(null)).toBeNull();
    expect(databaseError({ code: 'ECONNREFUSED', message: 'no' })).toBeNull();
  });

  it('lets statements be heard', async () => {
    statements.length = 0;
    await db.$queryRaw`select 42 as heard`;
    expect(statements).toEqual(['select 42 as heard']);
  });
});
