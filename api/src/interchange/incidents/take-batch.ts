// Some records of a file, in one transaction.

import { addToList } from '../../platform/add-to-list.ts';
import { type HeldOrigin, selectHeld, selectHeldByDigest, selectListing } from './origin.store.ts';
import type { PlannedRecord } from './planned-incident.ts';
import { addRecord, fileRecord, saysOtherwise, type Taken, type Taking } from './take-record.ts';

/** What came of the records of a batch: told of the file once the batch is certain. */
export class BatchOutcome {
  readonly filed: bigint[] = [];
  readonly saidBefore: bigint[] = [];
  readonly added: bigint[] = [];
  readonly unmatched: string[] = [];
  /** Sentences, and what was left out with its reason. */
  readonly warnings: string[] = [];
  readonly leftOut: { field: string; reason: string }[] = [];
  /** What the records say of other incidents, resolved when all of them are there. */
  readonly related: { incidentId: bigint; externalId: string; relation: string }[] = [];
}

const NOT_THERE = 'about an incident that your team has not brought in: bring in the incidents first';

export async function takeBatch(taking: Taking, records: readonly PlannedRecord[]): Promise<BatchOutcome> {
  const batch = new Batch(taking);
  await batch.look(records);
  for (const record of records) await batch.take(record);
  return batch.outcome;
}

class Batch {
  readonly outcome = new BatchOutcome();
  readonly #taking: Taking;
  readonly #held = new Map<string, HeldOrigin[]>();
  readonly #listing = new Map<number, bigint[]>();

  constructor(taking: Taking) {
    this.#taking = taking;
  }

  /** Looks up, set by set, what the team holds of them. */
  async look(records: readonly PlannedRecord[]): Promise<void> {
    const { tx, context, teamId } = this.#taking.change;
    const { viewer } = context;
    const catalogue = records[0]!.catalogue;
    const ids = records.flatMap(({ externalId }) => externalId ?? []);
    const bare = records.filter(
      ({ externalId, reportNumber }) => externalId === null && reportNumber === null,
    );
    const digests = bare.map(({ contentDigest }) => contentDigest);
    const numbers = records.flatMap(({ reportNumber }) => reportNumber ?? []);
    if (ids.length > 0)
      for (const origin of await selectHeld(tx, viewer, teamId, catalogue, ids))
        this.#hold(origin.externalId!, origin);
    if (digests.length > 0)
      for (const origin of await selectHeldByDigest(tx, viewer, teamId, catalogue, digests))
        this.#hold(origin.contentDigest, origin);
    if (numbers.length > 0)
      for (const { reportNumber, incidentId } of await selectListing(tx, viewer, teamId, numbers))
        addToList(this.#listing, reportNumber, incidentId);
  }

  async take(record: PlannedRecord): Promise<void> {
    if (record.reportNumber !== null) {
      const incidents = this.#listing.get(record.reportNumber) ?? [];
      if (incidents.length === 0) this.outcome.leftOut.push({ field: record.part, reason: NOT_THERE });
      for (const incidentId of incidents)
        this.#tell(record, await addRecord(this.#taking, record, incidentId, []), []);
      return;
    }
    const name = record.externalId ?? record.contentDigest;
    const held = this.#held.get(name) ?? [];
    const last = held.at(-1);
    if (last !== undefined)
      this.#tell(record, await addRecord(this.#taking, record, last.incidentId, held), held);
    else if (record.incident === null) this.outcome.leftOut.push({ field: record.part, reason: NOT_THERE });
    else {
      const taken = await fileRecord(this.#taking, record, record.incident);
      this.#tell(record, taken, held);
    }
  }

  #tell(record: PlannedRecord, taken: Taken, held: readonly HeldOrigin[]): void {
    const { outcome } = this;
    if (taken.came === 'another') {
      outcome.leftOut.push({ field: `${record.externalId ?? record.place}`, reason: taken.reason });
      return;
    }
    const { incidentId } = taken;
    // Also of what was said before: the import that took it may have been broken off before it came to these.
    for (const relation of record.related) outcome.related.push({ incidentId, ...relation });
    if (taken.came === 'said before') {
      outcome.saidBefore.push(incidentId);
      outcome.unmatched.push(...taken.unmatched);
      return;
    }
    if (taken.came === 'filed') {
      outcome.filed.push(incidentId);
      outcome.unmatched.push(...taken.unmatched);
    } else {
      outcome.added.push(incidentId);
      const otherwise = saysOtherwise(record, held);
      if (otherwise.length > 0)
        outcome.warnings.push(
          `${record.externalId} says otherwise since, in ${otherwise.slice(0, 10).join(', ')}: ${held[0]!.key} stays as people have it; what is said now was added beside it, with ${taken.links} new links.`,
        );
    }
    const { content, contentDigest, externalId, part } = record;
    const key = held[0]?.key ?? '';
    this.#hold(externalId ?? contentDigest, { incidentId, key, part, externalId, content, contentDigest });
  }

  #hold(name: string, origin: HeldOrigin): void {
    addToList(this.#held, name, origin);
  }
}
