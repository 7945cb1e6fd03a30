import type { Config } from '../config.ts';
import { BRIEF, connectClient, leaveClient, SilentDatabase } from '../platform/connection.ts';
import type { DataFolder } from '../platform/data-folder.ts';
import { StartRefusal } from '../platform/data-folder-refusal.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres.ts';
import { APP_ROLE, ensureDatabase, ensureRoles, OWNER_ROLE } from '../platform/embedded-postgres-roles.ts';

const DATABASE = 'headwater';
const OLDEST = 15;
const PATIENCE_MS = 10_000;
/** Nothing but its version is asked of it. */
const LIMITS = { ...BRIEF, connecting: PATIENCE_MS, statement: PATIENCE_MS, silence: PATIENCE_MS };

export interface InstallationDatabase {
  /** As the role that migrates. */
  ownerUrl: string;
  /** As the role the API speaks as; the same as the owner's on a database of somebody else's. */
  appUrl: string;
  /** Without any password, for people. */
  description: string;
  embedded: boolean;
  died: Promise<void>;
  stop(): Promise<void>;
}

/** The database of this installation, running: the one of DATABASE_URL, or the embedded one of the locked folder. */
export async function openInstallationDatabase(
  config: Config,
  folder: DataFolder,
): Promise<InstallationDatabase> {
  return config.databaseUrl === null ? openEmbedded(folder) : openExisting(config.databaseUrl);
}

async function openEmbedded(folder: DataFolder): Promise<InstallationDatabase> {
  const passwords = { owner: folder.secret('postgres-owner'), app: folder.secret('postgres-app') };
  const postgres = await startEmbeddedPostgres({
    folder: folder.path,
    password: folder.secret('postgres-superuser'),
    port: folder.recall().postgresPort,
  });
  try {
    folder.remember({ postgresPort: postgres.port });
    await ensureRoles(postgres.url('postgres'), passwords);
    await ensureDatabase(postgres.url('postgres'), DATABASE, postgres.url(DATABASE));
  } catch (error) {
    await postgres.stop();
    if ((error as { code?: string }).code !== '28P01') throw error;
    throw new StartRefusal(
      `The keys in ${folder.path}/keys don't open the database beside them; put back the keys that it was made with.`,
    );
  }
  const recovered = postgres.recovered ? ', after stopping one left behind' : '';
  return {
    ownerUrl: postgres.url(DATABASE, OWNER_ROLE, passwords.owner),
    appUrl: postgres.url(DATABASE, APP_ROLE, passwords.app),
    description: `embedded, on 127.0.0.1:${postgres.port}${recovered}`,
    embedded: true,
    died: postgres.died,
    stop: () => postgres.stop(),
  };
}

/** @throws StartRefusal with one sentence where the database cannot be reached, refuses us, or is too old. */
export async function refuseUnusable(url: string): Promise<void> {
  await openExisting(url);
}

async function openExisting(url: string): Promise<InstallationDatabase> {
  const { hostname, port, pathname } = new URL(url);
  const place = `${hostname || 'localhost'}:${port || 5432}`;
  const name = decodeURIComponent(pathname.slice(1)) || DATABASE;
  let client: Awaited<ReturnType<typeof connectClient>> | null = null;
  try {
    client = await connectClient(url, { name: 'headwater start', limits: LIMITS });
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
    const version = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
    if (!(version >= OLDEST)) {
      throw new StartRefusal(
        `The database at ${place} is Postgres ${version || 'of an unknown version'}, and Headwater needs Postgres ${OLDEST} or later.`,
      );
    }
    const description = `${name} at ${place}, Postgres ${version}`;
    const died = new Promise<never>(() => undefined);
    return { ownerUrl: url, appUrl: url, description, embedded: false, died, stop: async () => undefined };
  } catch (error) {
    throw error instanceof StartRefusal ? error : unreachable(error, place, name);
  } finally {
    if (client !== null) await leaveClient(client);
  }
}

function unreachable(error: unknown, place: string, name: string): StartRefusal {
  if (error instanceof SilentDatabase)
    return new StartRefusal(`${error.message.replace(/\.$/, '')}; check it, and DATABASE_URL.`);
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const reasons: Record<string, string> = {
    ECONNREFUSED: `Nothing answers at ${place}`,
    ENOTFOUND: `There is no host of the name in ${place}`,
    EAI_AGAIN: `The host of ${place} could not be looked up`,
    ETIMEDOUT: `Nothing answers at ${place}`,
    '28P01': `The database server at ${place} refuses the user or password`,
    '28000': `The database server at ${place} refuses the user`,
    '3D000': `The database server at ${place} has no database "${name}"`,
    '57P03': `The database server at ${place} is starting up or shutting down`,
  };
  const reason =
    reasons[code] ?? `The database at ${place} cannot be used (${message || code || 'no reason given'})`;
  return new StartRefusal(`${reason}; check DATABASE_URL.`);
}
