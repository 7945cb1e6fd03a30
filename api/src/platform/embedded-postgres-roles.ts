import type pg from 'pg';
import { connectClient, leaveClient } from './connection.ts';

/** The role that owns the tables and migrates them, and the one the API speaks as, which may only read and write rows. */
export const OWNER_ROLE = 'headwater_owner';
export const APP_ROLE = 'headwater_app';

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectClient(url, { name: 'headwater start' });
  try {
    return await work(client);
  } finally {
    await leaveClient(client);
  }
}

/** Makes both roles, or gives them the passwords stated; harmless when repeated. */
export async function ensureRoles(superuserUrl: string, passwords: { owner: string; app: string }) {
  await connected(superuserUrl, async (client) => {
    for (const [role, password] of [
      [OWNER_ROLE, passwords.owner],
      [APP_ROLE, passwords.app],
    ] as const) {
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
      const verb = rowCount === 0 ? 'create' : 'alter';
      const options = 'login nosuperuser nocreatedb nocreaterole';
      await client.query(`${verb} role ${role} ${options} password ${client.escapeLiteral(password)}`);
    }
  });
}

/** Makes the database, owned by the owner. What the app role may do with its tables, the migrations grant. */
export async function ensureDatabase(superuserUrl: string, name: string, databaseUrl: string) {
  await connected(superuserUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) {
      await client.query(`create database ${client.escapeIdentifier(name)} owner ${OWNER_ROLE}`);
    }
    await client.query(`revoke all on database ${client.escapeIdentifier(name)} from public`);
    await client.query(
      `grant connect, temporary on database ${client.escapeIdentifier(name)} to ${APP_ROLE}`,
    );
  });
  await connected(databaseUrl, async (client) => {
    await client.query(`alter schema public owner to ${OWNER_ROLE}`);
    await client.query(`grant usage on schema public to ${APP_ROLE}`);
  });
}
