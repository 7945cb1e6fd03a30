// What reads which file: told apart by its bytes, never by its name.

import { NO_REPORT } from './import.ts';
import { planImport } from './import-plan.ts';
import { readInspectLog } from './inspect/read-inspect-log.ts';
import { UnfitLog } from './plan-values.ts';
import type { FilePlan } from './planned.ts';

/** A file that lies on disk while it is read. */
export interface ReadableFile {
  path: string;
  /** As the sender calls it. */
  name: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  digest: string;
  bytes: number;
}

/**
 * What will become of a file. Throws UnfitLog with the reason, in a sentence, where it is of no known format, cannot be
 * read, or says what cannot be recorded. Memory does not grow with the file beyond what is kept of it.
 */
export async function readFile(file: ReadableFile): Promise<FilePlan> {
  return readInspect(file);
}

async function readInspect({ path, name, digest }: ReadableFile): Promise<FilePlan> {
  const log = await readInspectLog({ path, name });
  if (log.digest !== digest) throw new UnfitLog('The file changed while it was read.');
  if (log.refused) throw new UnfitLog(log.refused.reason);
  const format = `inspect-${log.container}`;
  return { format, source: 'Inspect log', runs: [planOf(format, log)], report: NO_REPORT };
}

/** A refusal names the format that the bytes showed, once that is known. */
function planOf(format: string, log: Parameters<typeof planImport>[0]) {
  try {
    return planImport(log);
  } catch (error) {
    if (error instanceof UnfitLog) throw new UnfitLog(error.message, format);
    throw error;
  }
}
