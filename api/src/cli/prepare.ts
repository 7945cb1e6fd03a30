import { readConfig } from '../config.ts';
import { openDataFolder } from '../platform/data-folder.ts';
import { exampleData, firstAdministrator, passwordInWords } from './first-start.ts';
import { ensureGeneratedClient } from './generated-client.ts';
import { withDatabase } from './installation.ts';
import { migrateWithProgress } from './migrate.ts';
import { progressTo } from './progress.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** `headwater prepare`: all that has to be there before the API is started by itself, as in a container. */
export async function prepare(options: { empty: boolean }): Promise<void> {
  const config = readConfig(process.env);
  const progress = progressTo(print);
  await ensureGeneratedClient(progress);
  await withDatabase(config, async (database) => {
    await migrateWithProgress(database, progress);
    const { openServices } = await import('../services.ts');
    const { dataFolder, evidence, keepImports, tokenKey, signIn } = config;
    const services = await openServices({
      databaseUrl: database.appUrl,
      dataFolder,
      evidence,
      keepImports,
      tokenKey,
      signIn,
      poolSize: 2,
    });
    try {
      const administrator = await firstAdministrator(config, openDataFolder(dataFolder), services);
      await exampleData(config.exampleData && !options.empty, services, progress);
      print(`  Administrator  ${administrator.email}\n  Password       ${passwordInWords(administrator)}`);
      administrator.shown();
    } finally {
      await services.close();
    }
  });
}
