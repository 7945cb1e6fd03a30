import { rightsOf } from '../../access/rights.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { BoundDb } from '../../platform/bound-database.ts';
import type { Rights } from '../../platform/rights.ts';
import { selectSeen } from './resident.store.ts';
import type { Standing } from './standing.ts';

const LONGEST_SEEN = 30_000;
const MOST_VIEWERS = 1_000;

interface Seen {
  seen: Uint8Array;
  /** By the process's clock, in ms. */
  until: number;
}

/** Which standings each viewer sees, by the predicate, asked once for all who read with the same rights. */
export class Seeing {
  private readonly held = new Map<Rights, Seen>();
  private readonly asked = new Map<Rights, { most: number; answer: Promise<Uint8Array> }>();

  /** One byte for each standing: 1 where the viewer sees rows of it. */
  of(db: BoundDb, viewer: Viewer, standings: readonly Standing[]): Uint8Array | Promise<Uint8Array> {
    const rights = rightsOf(viewer);
    const held = this.held.get(rights);
    if (held !== undefined && held.seen.length === standings.length && held.until > performance.now())
      return held.seen;
    const asked = this.asked.get(rights);
    if (asked?.most === standings.length) return asked.answer;
    const answer = this.ask(db, viewer, rights, [...standings]);
    const asking = { most: standings.length, answer };
    this.asked.set(rights, asking);
    const over = () => {
      if (this.asked.get(rights) === asking) this.asked.delete(rights);
    };
    answer.then(over, over);
    return answer;
  }

  private async ask(db: BoundDb, viewer: Viewer, rights: Rights, all: Standing[]): Promise<Uint8Array> {
    const begun = performance.now();
    const { seen, forMs } = await selectSeen(db, viewer, all);
    if (this.held.size >= MOST_VIEWERS) this.held.clear();
    this.held.set(rights, { seen, until: begun + Math.min(LONGEST_SEEN, forMs ?? LONGEST_SEEN) });
    return seen;
  }
}
