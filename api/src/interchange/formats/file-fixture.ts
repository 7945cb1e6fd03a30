// Writes small files for tests of what reads them, and reads them.
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countedSamples } from '../../evaluation/counted-samples.ts';
import type { InspectLog } from '../inspect/inspect-log.ts';
import type { Confirmed } from '../known-here.ts';
import { builtInRules } from '../plan-measurements.ts';
import { UnfitLog } from '../plan-values.ts';
import type { FilePlan, ImportPlan } from '../planned.ts';
import { readFile } from '../read-file.ts';

/** Where no rule but what is built in is in force, and no name was confirmed. */
export const NOTHING_CONFIRMED: Confirmed = {
  ofLog: async () => ({ rules: [], models: new Map(), ofRules: [] }),
  models: async () => new Map(),
};

/** Where the rules that are built in are in force. */
export const BUILT_IN: Confirmed = {
  ...NOTHING_CONFIRMED,
  ofLog: async (log) => ({ rules: builtInRules(log as InspectLog), models: new Map(), ofRules: [] }),
};

/** What becomes of a file of these bytes, which its sender calls `stated`, folders and all. */
export async function planOfBytes(
  bytes: string | Buffer,
  stated = 'file',
  here = NOTHING_CONFIRMED,
): Promise<FilePlan> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-format-'));
  try {
    const path = join(folder, 'sent');
    await writeFile(path, bytes);
    const parts = stated.split('/');
    const file = {
      path,
      name: parts.at(-1)!,
      folders: parts.slice(0, -1),
      digest: createHash('sha256').update(bytes).digest('hex'),
      bytes: Buffer.byteLength(bytes),
    };
    return await readFile(file, here);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const planOf = (document: unknown, stated?: string, here?: Confirmed) =>
  planOfBytes(JSON.stringify(document), stated, here);

/** The measurements of a run with what its samples say of their spread, as they are recorded. */
export const counted = ({ measurements, samples }: ImportPlan) =>
  countedSamples(
    measurements.map((one) => ({ ...one, qualifier: 'EXACT' as const, counted: undefined })),
    samples ?? [],
  );

/** The sentence that a file of these bytes is refused with. */
export async function refusalOf(bytes: string | Buffer, stated?: string): Promise<UnfitLog> {
  try {
    await planOfBytes(bytes, stated);
  } catch (error) {
    if (error instanceof UnfitLog) return error;
    throw error;
  }
  throw new Error('The file was not refused.');
}
