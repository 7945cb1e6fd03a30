import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment, runToEnd } from './child.ts';
import { digestOf, isFresh, markFresh } from './freshness.ts';
import type { Progress } from './progress.ts';
import { programOf, WEB } from './repository.ts';

const SOURCES = ['web', 'api/schema.graphql', 'package-lock.json', 'tsconfig.base.json'];

/**
 * Types for the documents of the web, from the schema alone; `next dev` needs them as much as the build.
 * What a failed step printed is kept in `logs`.
 */
export async function generateDocuments(logs: string, signal?: AbortSignal): Promise<void> {
  const script = [programOf('@graphql-codegen/cli', 'graphql-codegen'), '--config', 'codegen.ts'];
  const log = join(logs, 'web-types.log');
  const options = { cwd: WEB, env: childEnvironment({}), log, ...(signal && { signal }) };
  await runToEnd('Generating the types of the web', script, options);
}

/** Builds the web where its sources, its schema or its packages have changed since the last build. */
export async function ensureWebBuild(logs: string, progress: Progress, signal?: AbortSignal): Promise<void> {
  const digest = digestOf(SOURCES);
  const stamp = join(WEB, '.next', 'made-from');
  if (existsSync(join(WEB, '.next', 'BUILD_ID')) && isFresh(stamp, digest)) return;
  await progress.step('Web built', async (_say, tell) => {
    tell('Building the web: about a minute the first time, then only after changes.');
    await generateDocuments(logs, signal);
    await runToEnd('Building the web', [programOf('next'), 'build'], {
      cwd: WEB,
      env: childEnvironment({ NODE_ENV: 'production', CI: '1' }),
      log: join(logs, 'web-build.log'),
      onLine: (line) => {
        // Next marks the steps of a build with a tick; the list of routes that follows says nothing to who starts it.
        const step = /^\s*✓\s*(.*)$/.exec(line)?.[1];
        if (step) tell(`web: ${step}`);
      },
      ...(signal && { signal }),
    });
    markFresh(stamp, digest);
  });
}
