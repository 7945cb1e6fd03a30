import type { Config } from '../config.ts';
import type { Services } from '../context.ts';
import type { DataFolder } from '../platform/data-folder.ts';
import { declineExampleData, exampleDataDecision } from './first-start.store.ts';
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

export function passwordInWords({ password, chosen }: SignIn): string {
  if (password !== null) return `${password}   (shown this once)`;
  return chosen ? 'as set in HEADWATER_ADMIN_PASSWORD' : 'as shown at the first start';
}

/**
 * Loads the example data where the database has neither got it nor been started empty: decided at the first start,
 * once and for all. A start cut off half-way goes on with it.
 */
export async function exampleData(wanted: boolean, services: Services, progress: Progress): Promise<void> {
  if ((await exampleDataDecision(services.db)) !== null) return;
  if (!wanted) return declineExampleData(services.db);
  await progress.step('Example data loaded', async () => {
    const { seedExampleData } = await import('../../../prisma/seed/seed.ts');
    await seedExampleData(services);
  });
}
