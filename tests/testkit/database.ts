import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { APP_ROLE, OWNER_ROLE } from '../../api/src/platform/embedded-postgres-roles.ts';

export type FreshDatabase = {
  /** As the owner, who may alter tables: for building a world, and for tests of the database itself. */
  url: string;
  /** As the API speaks to it: rows only. */
  appUrl: string;
  /** Drops the database, closing whatever is still connected to it. */
  drop(): Promise<void>;
};

async function asSuperuser(statement: string): Promise<void> {
  const { port, superuser } = inject('postgres');
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: superuser,
    database: 'postgres',
  });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A database of its own for one test file or test: migrated, empty, made in a few milliseconds from a template. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { port, owner, app, template } = inject('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asSuperuser(`create database ${name} template ${template} owner ${OWNER_ROLE} strategy file_copy`);
  const at = `127.0.0.1:${port}/${name}`;
  return {
    url: `postgresql://${OWNER_ROLE}:${owner}@${at}`,
    appUrl: `postgresql://${APP_ROLE}:${app}@${at}`,
    drop: () => asSuperuser(`drop database if exists ${name} with (force)`),
  };
}
