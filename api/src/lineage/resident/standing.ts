import type { VisibilityWord } from '../node.ts';
import type { Section, Sections } from './snapshot-sections.ts';

export const VISIBILITIES = [
  'PUBLIC',
  'MEMBERS',
  'TEAM',
  'RESTRICTED',
] as const satisfies readonly VisibilityWord[];

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

  /** For a snapshot file, which asks for them last: whatever row it has written, its standing is among them. */
  sections(): Section[] {
    return [['standings', () => new TextEncoder().encode(JSON.stringify(this.all))]];
  }

  /** Takes over what `sections` told; there must be none yet. */
  adopt(sections: Sections): void {
    const { values, length } = sections.get('standings', Uint8Array);
    const all = JSON.parse(new TextDecoder().decode(values.subarray(0, length))) as Standing[];
    for (const { visibility, teamId, actorId, audienceId } of all)
      this.place(visibility, teamId, actorId, audienceId);
  }
}
