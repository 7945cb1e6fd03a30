import type { VisibilityWord } from '../node.ts';

/** Who a row is for: all that the visibility predicate reads of it. */
export interface Standing {
  readonly visibility: VisibilityWord;
  readonly teamId: number;
  readonly actorId: number;
  readonly audienceId: number | null;
}

/**
 * The standings that rows have, each once: a row holds the place of its own, and what a viewer sees is told once for
 * each and not for every row.
 */
export class Standings {
  readonly all: Standing[] = [];
  private readonly places = new Map<string, number>();
  private last = -1;

  /** The place of a standing, a new one if it is the first of its kind. */
  place(visibility: VisibilityWord, teamId: number, actorId: number, audienceId: number | null): number {
    const last = this.all[this.last];
    if (
      last !== undefined &&
      last.visibility === visibility &&
      last.teamId === teamId &&
      last.actorId === actorId &&
      last.audienceId === audienceId
    ) {
      return this.last;
    }
    const key = `${visibility} ${teamId} ${actorId} ${audienceId}`;
    let place = this.places.get(key);
    if (place === undefined) {
      place = this.all.push({ visibility, teamId, actorId, audienceId }) - 1;
      this.places.set(key, place);
    }
    this.last = place;
    return place;
  }

  at(place: number): Standing {
    return this.all[place]!;
  }
}
