import type { Change } from '../access/change.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { formatNodeRef } from '../lineage/node-ref.ts';
import { ConflictRefusal } from '../platform/refusal.ts';
import { selectRunsNamed } from './import.store.ts';
import type { ImportPlan } from './planned.ts';
import { type RunOfFile, recordImportedRun } from './record-imported-run.ts';

export interface RecordedRun {
  id: bigint;
  name: string;
  visibility: VisibilityWord;
  /** Another file that says the same had brought it in. */
  before: boolean;
  warnings: string[];
  /** Those that are of rules and what these measure. */
  ofRules: string[];
}

/** Records one run of a file, or finds it recorded. Throws ConflictRefusal where all of its names are taken. */
export async function recordRun(
  change: Change,
  plan: ImportPlan,
  file: Omit<RunOfFile, 'name'>,
): Promise<RecordedRun> {
  const place = await findPlace(change, plan);
  if (place.recordedBefore !== null) {
    const said = `The run is recorded already, as ${refOfRun(place.name)}, from another file that says the same: nothing was added.`;
    const { recordedBefore: id, name, visibility } = place;
    return { id, name, visibility, before: true, warnings: [said], ofRules: [] };
  }
  const { name, other } = place;
  const made = await recordImportedRun(change, plan, { ...file, name });
  const beside =
    other === null
      ? []
      : [
          `${refOfRun(other)} has the name of this run but says otherwise: both stand. Retract what is wrong.`,
        ];
  const { runId: id, visibility, ofRules } = made;
  return { id, name, visibility, before: false, warnings: [...beside, ...made.warnings], ofRules };
}

export const refOfRun = (name: string) => formatNodeRef({ kind: 'EVAL_RUN', name, version: null });

type Place =
  | { recordedBefore: bigint; name: string; visibility: VisibilityWord }
  | { recordedBefore: null; name: string; other: string | null };

/** The run that another file of it has made already, or the name under which to record it. */
async function findPlace(change: Change, plan: ImportPlan): Promise<Place> {
  const held = await selectRunsNamed(change.tx, change.context.viewer, change.teamId, plan.runNames);
  let other: string | null = null;
  for (const name of plan.runNames) {
    const run = held.find((r) => r.name === name);
    if (run === undefined) return { recordedBefore: null, name, other };
    if (!run.seen) continue;
    if (run.runIdentity === plan.runIdentity && run.contentDigest === plan.contentDigest)
      return { recordedBefore: run.id, name, visibility: run.visibility };
    other ??= name;
  }
  throw new ConflictRefusal(['name'], `An eval run called ${plan.runNames[0]} is recorded already.`);
}
