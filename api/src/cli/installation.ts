import type { Config } from '../config.ts';
import type { Services } from '../context.ts';
import { findRunning, lockDataFolder, openDataFolder, type Running } from '../platform/data-folder.ts';
import { StartRefusal } from '../platform/data-folder-refusal.ts';
import { type InstallationDatabase, openInstallationDatabase } from './installation-database.ts';

/** What the running Headwater of this data folder announces, or null when none runs. */
export function runningHere(config: Config): Running | null {
  const found = findRunning(config.dataFolder);
  if (found && !found.running) {
    throw new StartRefusal('Headwater is still starting on this data folder; try again when it is up.');
  }
  return found?.running ?? null;
}

/** Works on the database alone, with no Headwater running on it; the embedded server runs for that time. */
export async function withDatabase<T>(
  config: Config,
  work: (database: InstallationDatabase) => Promise<T>,
): Promise<T> {
  const folder = openDataFolder(config.dataFolder);
  const lock = lockDataFolder(folder.path);
  try {
    const database = await openInstallationDatabase(config, folder);
    try {
      return await work(database);
    } finally {
      await database.stop();
    }
  } finally {
    lock.release();
  }
}

/** Works with the services of the installation: on the running instance's database, or DATABASE_URL, or its own. */
export async function withServices<T>(config: Config, work: (services: Services) => Promise<T>): Promise<T> {
  const { openServices } = await import('../services.ts');
  const on = async (databaseUrl: string) => {
    const { dataFolder, evidence, tokenKey } = config;
    const services = await openServices({ databaseUrl, dataFolder, evidence, tokenKey, poolSize: 2 });
    try {
      return await work(services);
    } finally {
      await services.close();
    }
  };
  const databaseUrl = config.databaseUrl ?? runningHere(config)?.databaseUrl;
  return databaseUrl ? on(databaseUrl) : withDatabase(config, (database) => on(database.appUrl));
}
