import type { Config } from '../config.ts';
import type { Services } from '../context.ts';
import type { DataFolder } from '../platform/data-folder.ts';
import type { Progress } from './progress.ts';

/** The secret kept until it has been shown: a start cut off in between must not lose the only way in. */
const PENDING = 'first-administrator';
const PASSWORD_BYTES = 15;

/** How the first administrator signs in; `password` is null where it has been shown before, or where the operator chose it. */
export type SignIn = { email: string; password: string | null; chosen: boolean; shown(): void };

export async function firstAdministrator(
  config: Config,
  folder: DataFolder,
  services: Services,
): Promise<SignIn> {
  const { ensureFirstAdministrator } = await import('../access/first-administrator.ts');
  const waiting = folder.hasSecret(PENDING);
  const chosen = config.administrator.password !== undefined;
  const password = config.administrator.password ?? folder.secret(PENDING, PASSWORD_BYTES);
  const made = await ensureFirstAdministrator(services.db, { ...config.administrator, password });
  const isNew = made.password !== null;
  if (!isNew && !waiting) folder.forgetSecret(PENDING);
  const toShow = !chosen && (isNew || waiting);
  return {
    email: made.email,
    password: toShow ? password : null,
    chosen: chosen && isNew,
    shown: () => folder.forgetSecret(PENDING),
  };
}

/**
 * Decides once whether the example data goes in: not where the operator asked for an empty start, and not into an
 * existing database of theirs that had its administrator already. A start cut off half-way goes on with it.
 */
export async function exampleData(options: {
  wanted: boolean;
  into: 'new' | 'existing';
  folder: DataFolder;
  services: Services;
  progress: Progress;
}): Promise<void> {
  const { folder, services, progress } = options;
  let decision = folder.recall().exampleData;
  if (decision === undefined) {
    decision = options.wanted && options.into === 'new' ? 'wanted' : 'declined';
    folder.remember({ exampleData: decision });
  }
  if (decision !== 'wanted') return;
  await progress.step('Example data loaded', async () => {
    const { seedExampleData } = await import('../../../prisma/seed/seed.ts');
    await seedExampleData(services);
  });
  folder.remember({ exampleData: 'loaded' });
}
