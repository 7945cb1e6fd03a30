import { authorise, type Change, inChange, inEnding } from '../../access/change.ts';
import type { Context } from '../../context.ts';
import type { VisibilityWord } from '../../lineage/node.ts';
import { formatNodeRef } from '../../lineage/node-ref.ts';
import { shownFileName } from '../../platform/file-name.ts';
import { AccessRefusal, BusyRefusal, Refusal } from '../../platform/refusal.ts';
import { inTeamTurn } from '../batch-turns.ts';
import { failImport } from '../fail-import.ts';
import { insertImport, type NewImport, selectEarlier, takeTurn } from '../import.store.ts';
import { type ImportReport, NO_REPORT } from '../import.ts';
import { notNow } from '../insist.ts';
import { joinReports } from '../join-reports.ts';
import { measureFile } from '../measure-file.ts';
import { UnfitLog } from '../plan-values.ts';
import { cutBatches } from './cut-batches.ts';
import { FieldTally } from './field-tally.ts';
import { endImport } from './origin.store.ts';
import type { Catalogue, IncidentFilePlan } from './planned-incident.ts';
import { readIncidents } from './read-incidents.ts';
import { relateIncidents } from './relate-incidents.ts';
import { BatchOutcome, takeBatch } from './take-batch.ts';
import type { IncidentFile } from './tells-incidents.ts';

interface Outcome {
  id: bigint;
  alreadyImported: boolean;
}

/**
 * Brings in a file of incidents: each is filed as any other, in batches of one transaction each. The same bytes again
 * give the same import, or go on with it where it was broken off; the same record in other bytes makes nothing. A file
 * that cannot be read leaves a FAILED import with the reason. Throws AccessRefusal where the viewer may not file
 * incidents, before anything is recorded; or no longer may, which ends the import with what was taken.
 */
export async function importIncidents(
  context: Context,
  file: { path: string; name: string; visibility?: VisibilityWord | null; told: IncidentFile },
): Promise<Outcome> {
  authorise(context, 'read');
  authorise(context, 'write:incidents');
  const { digest, bytes } = await measureFile(file.path);
  const known: NewImport = {
    format: `${file.told.catalogue.toLowerCase()}-${file.told.columns === null ? 'json' : 'csv'}`,
    fileName: shownFileName(file.name),
    digest,
    bytes,
    visibility: file.visibility ?? 'MEMBERS',
  };
  const plan = await readIncidents(file, file.told).catch((error: unknown) => {
    if (error instanceof UnfitLog) return error;
    throw error;
  });
  if (plan instanceof UnfitLog)
    return failImport(
      context,
      'write:incidents',
      { ...known, format: plan.format },
      {
        error: plan.message,
        ofFile: true,
      },
    );
  const stated = { ...known, format: plan.format };
  const begun = await inChange(context, 'write:incidents', (change) => begin(change, stated));
  if (begun.alreadyImported) return begun;
  return new Run(context, { ...stated, id: begun.id }, plan).all();
}

async function begin({ tx, teamId, by }: Change, file: NewImport): Promise<Outcome> {
  await takeTurn(tx, teamId);
  const earlier = await selectEarlier(tx, by, teamId, file.digest);
  if (earlier === null)
    return { id: await insertImport(tx, { teamId, actorId: by.actorId }, file), alreadyImported: false };
  // Broken off in the middle: whoever began it goes on. What was taken is found and taken no second time.
  const mine = earlier.status === 'RUNNING' && earlier.actorId === by.actorId;
  return { id: earlier.id, alreadyImported: !mine };
}

const MOST_NAMED = 20;
const NO_LONGER =
  'Whoever sent the file may no longer file incidents for their team, with the rights that they had, or their session or token was ended.';

class Run {
  readonly #context: Context;
  readonly #file: NewImport & { id: bigint };
  readonly #plan: IncidentFilePlan;
  readonly #tally = new FieldTally({});
  readonly #all = new BatchOutcome();

  constructor(context: Context, file: NewImport & { id: bigint }, plan: IncidentFilePlan) {
    this.#context = context;
    this.#file = file;
    this.#plan = plan;
  }

  async all(): Promise<Outcome> {
    const { id } = this.#file;
    try {
      for (const records of cutBatches(this.#plan.records))
        this.#note(await this.#turn(inChange, (change) => takeBatch(this.#taking(change), records)));
      await this.#relate(this.#plan.records[0]!.catalogue);
      await this.#end(null);
    } catch (error) {
      if (error instanceof BusyRefusal) throw notNow();
      if (error instanceof AccessRefusal) {
        await this.#end(`${NO_LONGER} What was taken before stays.`);
        throw error;
      }
      if (!(error instanceof Refusal)) throw error;
      await this.#end(`${error.message} What was taken before stays.`);
    }
    return { id, alreadyImported: false };
  }

  /** One transaction, in which the team's imports write one after another: no incident is filed twice. */
  #turn<T>(making: typeof inChange, work: (change: Change) => Promise<T>): Promise<T> {
    return inTeamTurn(this.#context, work, { scope: 'write:incidents', making });
  }

  #taking(change: Change) {
    const { id, visibility } = this.#file;
    return { change, importId: id, visibility, source: this.#plan.source };
  }

  #note(batch: BatchOutcome): void {
    const all = this.#all;
    for (const name of ['filed', 'saidBefore', 'added', 'unmatched', 'related'] as const)
      (all[name] as unknown[]).push(...batch[name]);
    for (const warning of batch.warnings) this.#tally.warn(warning);
    for (const { field, reason } of batch.leftOut) this.#tally.leaveOut(field, reason);
  }

  async #relate(catalogue: Catalogue): Promise<void> {
    const keyed = this.#all.related.map((one) => [Object.values(one).join('\0'), one] as const);
    // A file that holds a record twice says each of its relations once.
    const related = [...new Map(keyed).values()];
    for (let at = 0; at < related.length; at += 100) {
      const some = related.slice(at, at + 100);
      const missing = await this.#turn(inChange, (change) => relateIncidents({ change }, catalogue, some));
      if (missing > 0)
        this.#tally.leaveOut(
          'related incidents',
          'about an incident that your team has not brought in',
          missing,
        );
    }
  }

  #end(error: string | null): Promise<void> {
    const { id, fileName, format, digest, visibility } = this.#file;
    const report = this.#report();
    return this.#turn(inEnding, async (change) => {
      const status = error === null ? 'SUCCEEDED' : 'FAILED';
      if (!(await endImport(change.tx, id, { status, error, report }))) return;
      const first = this.#all.filed[0];
      const named =
        first === undefined
          ? null
          : await change.tx.incident.findUnique({ where: { nodeId: first }, select: { key: true } });
      const ref =
        named?.key == null ? null : formatNodeRef({ kind: 'INCIDENT', name: named.key, version: null });
      await change.event({ type: 'LOG_IMPORTED', fileName, format, digest, ref }, { visibility });
    });
  }

  #report(): ImportReport {
    const { filed, added, saidBefore, unmatched } = this.#all;
    const names = [...new Set(unmatched)];
    if (names.length > 0) {
      const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
      const shown = names.slice(0, MOST_NAMED).map((name) => `"${name}"`);
      this.#tally.warn(
        `Not linked, since none of these names is the reference of a recorded model version (name@version): ${shown.join(', ')}${more}.`,
      );
    }
    const counts = [
      { field: 'incidents filed', how: filed.length.toLocaleString('en') },
      { field: 'records added to incidents brought in before', how: added.length.toLocaleString('en') },
      { field: 'records that say what is recorded already', how: saidBefore.length.toLocaleString('en') },
    ];
    const own = this.#tally.report();
    const ofRecord = own.leftOut.map((lost) => ({ ...lost, restsOnRecord: true as const }));
    // All of them, since whoever does not see each of them is not told the file whole.
    const before = [...new Set(saidBefore.map(String))];
    const nothing = filed.length + added.length === 0 && before.length > 0;
    return {
      ...joinReports([{ ...NO_REPORT, leftOut: ofRecord, kept: counts }, this.#plan.report], own.warnings),
      recordedBefore: nothing ? before[0]! : null,
      runsRecordedBefore: [],
      incidentsRecordedBefore: before,
    };
  }
}
