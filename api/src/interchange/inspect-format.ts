// Inspect logs, JSON or zip, as one of the formats.
import type { EvalFormat } from './formats/eval-format.ts';
import type { Outline } from './formats/outline.ts';
import type { ReadableFile } from './formats/readable-file.ts';
import { NO_REPORT } from './import.ts';
import { planImport } from './import-plan.ts';
import { readInspectLog } from './inspect/read-inspect-log.ts';
import type { Confirmed } from './known-here.ts';
import { UnfitLog } from './plan-values.ts';
import type { FilePlan } from './planned.ts';

const OF_A_LOG = ['task', 'model', 'eval_id', 'run_id', 'task_id', 'created'];
const MEMBERS = /^(?:header\.json|_journal\/start\.json)$/;

export const INSPECT: EvalFormat = { name: 'Inspect logs (JSON or .eval)', tells, read };

function tells({ kind, names, members }: Outline): boolean {
  if (kind === 'zip') return members.some((name) => MEMBERS.test(name));
  if (kind !== 'object') return false;
  // A set's list of tasks is no log, as its reader says better than a refusal of what is unknown.
  if (names.has('eval_set_id') && names.has('tasks')) return true;
  const evaluation = names.get('eval');
  return (
    evaluation !== undefined && (names.has('status') || OF_A_LOG.some((name) => evaluation.below.has(name)))
  );
}

async function read({ path, name, digest }: ReadableFile, confirmed: Confirmed): Promise<FilePlan> {
  const log = await readInspectLog({ path, name });
  if (log.digest !== digest) throw new UnfitLog('The file changed while it was read.');
  if (log.refused) throw new UnfitLog(log.refused.reason);
  const format = `inspect-${log.container}`;
  const known = await confirmed.ofLog(log);
  return { format, source: 'Inspect log', runs: [planOf(format, log, known)], report: NO_REPORT };
}

/** A refusal names the format that the bytes showed, once that is known. */
function planOf(format: string, ...said: Parameters<typeof planImport>) {
  try {
    return planImport(...said);
  } catch (error) {
    if (error instanceof UnfitLog) throw new UnfitLog(error.message, format);
    throw error;
  }
}
