import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment, runToEnd } from './child.ts';
import { digestOf, isFresh, markFresh } from './freshness.ts';
import type { Progress } from './progress.ts';
import { programOf, REPOSITORY } from './repository.ts';

const GENERATED = join(REPOSITORY, 'api/src/generated');

/** Generates the database client where it is missing or older than the schema. */
export async function ensureGeneratedClient(progress: Progress, signal?: AbortSignal): Promise<void> {
  const digest = digestOf(['prisma/schema', 'prisma.config.ts', 'node_modules/prisma/package.json']);
  const stamp = join(GENERATED, '.made-from');
  if (existsSync(join(GENERATED, 'prisma')) && isFresh(stamp, digest)) return;
  await progress.step('Database client generated', async () => {
    const env = childEnvironment({ PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' });
    const script = [programOf('prisma', 'prisma', REPOSITORY), 'generate'];
    await runToEnd('Generating the database client', script, {
      cwd: REPOSITORY,
      env,
      ...(signal && { signal }),
    });
    markFresh(stamp, digest);
  });
}
