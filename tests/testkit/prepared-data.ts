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

/**
 * A folder for the run's prepared data folders, gone with the run. The one that most tests start from is made here, before two
 * of them would, and with it the web as it is built.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-prepared-'));
  chmodSync(folder, 0o711);
  project.provide('preparedData', folder);
  await prepare(preparedIn(folder, '1'), '1');
  return () => rmSync(folder, { recursive: true, force: true });
}

/**
 * As `startInstance`, on a copy of a data folder that a first start has made and given back: migrating and recording
 * the example data is done once for a run, not for each file of tests.
 */
export async function startPrepared(env: Record<string, string> = {}): Promise<Instance> {
  const example = env.HEADWATER_EXAMPLE_DATA ?? '1';
  const prepared = preparedIn(inject('preparedData'), example);
  if (!existsSync(prepared)) await prepare(prepared, example);
  // With owners, which as root are two: Postgres works under an account of its own.
  return startInstance(env, (data) => void execFileSync('cp', ['-a', prepared, data]));
}

const preparedIn = (folder: string, example: string) => join(folder, `example-${example}`);

/** Made beside and renamed, so that a start that fails leaves nothing that looks prepared; of two at once the first stays. */
async function prepare(prepared: string, example: string): Promise<void> {
  const making = `${prepared}.making-${process.pid}`;
  rmSync(making, { recursive: true, force: true });
  const first = await startInstance({ HEADWATER_EXAMPLE_DATA: example, HEADWATER_DATA: making });
  await first.stop();
  if (!existsSync(prepared)) renameSync(making, prepared);
}
