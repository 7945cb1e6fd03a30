import { readConfig } from '../config.ts';
import { APP_ROLE } from '../platform/embedded-postgres-roles.ts';
import { ensureGeneratedClient } from './generated-client.ts';
import { withDatabase } from './installation.ts';
import { type Progress, progressTo } from './progress.ts';

/** Applies the migrations that the database lacks, naming each as it is done. */
export async function migrateWithProgress(
  { ownerUrl, appUrl }: { ownerUrl: string; appUrl: string },
  progress: Progress,
): Promise<void> {
  await progress.step('Database migrated', async (say, tell) => {
    const { deployMigrations } = await import('../platform/migrate.ts');
    const { applied } = await deployMigrations(ownerUrl, { onApplied: (name) => tell(`applied ${name}`) });
    const { isBoundByPolicies } = await import('../platform/database-grants.ts');
    if (!(await isBoundByPolicies(appUrl)))
      tell(`no row-level security: this user can neither make the role ${APP_ROLE} nor become it`);
    say(applied.length === 0 ? 'nothing to do' : `${applied.length} applied`);
  });
}

/** `headwater migrate`: for operators who migrate apart from starting. */
export async function migrate(): Promise<void> {
  const progress = progressTo((line) => process.stdout.write(`${line}\n`));
  await ensureGeneratedClient(progress);
  await withDatabase(readConfig(process.env), (database) => migrateWithProgress(database, progress));
}
