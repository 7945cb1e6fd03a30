import { AccessRefusal } from '../platform/refusal.ts';
import { inSeconds } from '../platform/seconds.ts';
import type { Viewer } from './viewer.ts';

/**
 * The command sends one file after another, and a person a few from several windows. Each holds a descriptor, a context and
 * up to two gigabytes of disk for as long as its sender makes it last, which the budget of rows does not count.
 */
const MOST_AT_ONCE = 8;
/** Nobody knows when a sender comes to its end: so soon it is worth asking again. */
const RETRY_SECONDS = 10;

/** Counts the files that each user or service account is sending to this server, by whichever of its tokens. */
export class UploadsAtOnce {
  readonly #underWay = new Map<string, number>();

  /** Counts one more until what this answers is called; AccessRefusal where there are too many. */
  begin(viewer: Viewer): () => void {
    const who = viewer.kind === 'principal' ? String(viewer.actorId) : 'anonymous';
    const before = this.#underWay.get(who) ?? 0;
    if (before >= MOST_AT_ONCE)
      throw new AccessRefusal(
        'RATE_LIMITED',
        `${MOST_AT_ONCE} files of yours are being received, which are as many as are at once: wait for one to end, or ${inSeconds(RETRY_SECONDS)}.`,
        RETRY_SECONDS,
      );
    this.#underWay.set(who, before + 1);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const left = this.#underWay.get(who)! - 1;
      if (left === 0) this.#underWay.delete(who);
      else this.#underWay.set(who, left);
    };
  }
}
