import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { deployMigrations } from '../../api/src/platform/migrate.ts';

const repository = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const MIGRATION = '20261204120000_see_conditions_with_their_figures';
const name = `declared_${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), 'headwater-declared-'));

const urlOf = (database: string) => {
  const { port, superuser } = inject('postgres');
  return `postgresql://postgres:${superuser}@127.0.0.1:${port}/${database}`;
};

async function on<T extends object>(database: string, ...statements: string[]): Promise<T[]> {
  const client = new pg.Client({ connectionString: urlOf(database) });
  await client.connect();
  try {
    let rows: T[] = [];
    for (const sql of statements) rows = (await client.query<T>(sql)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  await on('postgres', `create database ${name}`);
  cpSync(repository, folder, { recursive: true });
  for (const one of readdirSync(folder))
    if (/^\d/.test(one) && one >= MIGRATION) rmSync(join(folder, one), { recursive: true });
  await deployMigrations(urlOf(name), { folder });
});
afterAll(async () => {
  await on('postgres', `drop database if exists ${name} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

const BY = `from team t, actor a where t.namespace = '' and a.kind = 'SYSTEM'`;
const version = (evaluation: string) => [
  `insert into evaluation (name, visibility, team_id, actor_id) select '${evaluation}', 'PUBLIC', t.id, a.id ${BY}`,
  `insert into evaluation_version (evaluation_id, version, visibility, team_id, actor_id)
   select e.id, '1', 'PUBLIC', t.id, a.id from evaluation e, team t, actor a
   where e.name = '${evaluation}' and t.namespace = '' and a.kind = 'SYSTEM'`,
];
const condition = (evaluation: string, called: string) =>
  `insert into condition (evaluation_version_id, name)
   select v.id, '${called}' from evaluation_version v join evaluation e on e.id = v.evaluation_id where e.name = '${evaluation}'`;
const imported = (evaluation: string) => [
  `insert into import (format, file_name, digest, bytes, status, team_id, actor_id)
   select 'inspect-json', 'a.json', '${evaluation}', 1, 'SUCCEEDED', t.id, a.id ${BY}`,
  `insert into node (kind, name, visibility, team_id, actor_id) select 'EVAL_RUN', '${evaluation}', 'TEAM', t.id, a.id ${BY}`,
  `insert into eval_run (node_id, evaluation_version_id, import_id)
   select n.id, v.id, i.id from node n, evaluation_version v join evaluation e on e.id = v.evaluation_id, import i
   where n.name = '${evaluation}' and e.name = '${evaluation}' and i.digest = '${evaluation}'`,
];

describe('the conditions that were there before it was recorded which a version was registered with', () => {
  it('are those recorded with their version, by no import; the others are seen with their figures', async () => {
    await on(name, 'begin', ...version('by-hand'), condition('by-hand', 'registered'), 'commit');
    await on(name, 'begin', condition('by-hand', 'added later'), 'commit');
    await on(
      name,
      'begin',
      ...version('by-import'),
      condition('by-import', 'imported'),
      ...imported('by-import'),
      'commit',
    );
    await deployMigrations(urlOf(name));
    expect(await on(name, 'select name, declared from condition order by id')).toEqual([
      { name: 'registered', declared: true },
      { name: 'added later', declared: false },
      { name: 'imported', declared: false },
    ]);
    await expect(on(name, 'update condition set declared = true')).rejects.toThrow('is never changed');
  });
});
