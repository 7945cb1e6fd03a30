import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { type Instance, startInstance } from './instance.ts';

declare module 'vitest' {
  interface ProvidedContext {
    preparedData: string;
  }
}

/** A folder for the run's prepared data folders, gone with the run. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-prepared-'));
  chmodSync(folder, 0o711);
  project.provide('preparedData', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/**
 * As `startInstance`, on a copy of a data folder that a first start has made and given back: migrating and recording
 * the example data is done once for a run, not for each file of tests.
 */
export async function startPrepared(env: Record<string, string> = {}): Promise<Instance> {
  const example = env.HEADWATER_EXAMPLE_DATA ?? '1';
  const prepared = join(inject('preparedData'), `example-${example}`);
  if (!existsSync(prepared)) await prepare(prepared, example);
  // With owners, which as root are two: Postgres works under an account of its own.
  return startInstance(env, (data) => void execFileSync('cp', ['-a', prepared, data]));
}

/** Made beside and renamed, so that a start that fails leaves nothing that looks prepared. */
async function prepare(prepared: string, example: string): Promise<void> {
  const making = `${prepared}.making`;
  rmSync(making, { recursive: true, force: true });
  const first = await startInstance({ HEADWATER_EXAMPLE_DATA: example, HEADWATER_DATA: making });
  await first.stop();
  renameSync(making, prepared);
}
