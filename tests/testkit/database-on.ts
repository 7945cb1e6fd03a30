// Databases on a launched server, for tests and for what runs outside of them.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { APP_ROLE, OWNER_ROLE } from '../../api/src/platform/embedded-postgres-roles.ts';
import type { TestServer } from './global-setup.ts';

export type FreshDatabase = {
  name: string;
  /** As the owner, who may alter tables: for building a world, and for tests of the database itself. */
  url: string;
  /** As the API speaks to it: rows only. */
  appUrl: string;
  /** As the superuser, past every policy and trigger. */
  superuserUrl: string;
  /** As the API speaks to it, by the server's socket where it has one: for very many statements. */
  nearUrl: string;
  /** Drops the database, closing whatever is still connected to it. */
  drop(): Promise<void>;
};

/** A copy of the server's template, which is migrated and empty, or of another database that nobody is connected to. */
export async function databaseOn(server: TestServer, template = server.template): Promise<FreshDatabase> {
  const { superuser, owner, app } = server;
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asSuperuser(
    server,
    `create database ${name} template ${template} owner ${OWNER_ROLE} strategy file_copy`,
  );
  const url = (role: string, password: string) =>
    `postgresql://${role}:${password}@127.0.0.1:${server.port}/${name}`;
  const { socket, port } = server;
  const near = socket === null ? '' : `?host=${encodeURIComponent(socket)}&port=${port}`;
  return {
    name,
    url: url(OWNER_ROLE, owner),
    appUrl: url(APP_ROLE, app),
    nearUrl: `${url(APP_ROLE, app)}${near}`,
    superuserUrl: url('postgres', superuser),
    drop: () => asSuperuser(server, `drop database if exists ${name} with (force)`),
  };
}

async function asSuperuser({ port, superuser }: TestServer, statement: string): Promise<void> {
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
