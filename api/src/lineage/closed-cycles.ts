// Which cycles new edges would close. The database refuses a cycle whoever sees it; what is told of it is worked out here,
// from what one viewer sees, so that an answer names no way that they don't.
import { EDGE_KINDS } from './kinds.ts';
import type { LineageSource } from './lineage-source.ts';
import type { EdgeRecord } from './records.ts';

type Ends = Pick<EdgeRecord, 'downstream' | 'upstream'>;
type Source = Pick<LineageSource, 'closure' | 'edgesFrom'>;

export interface ClosedCycle {
  /** Which of the new edges lie on it, by their place among them: the first of those that close any, then the others. */
  closedBy: number[];
  /** Each depends on the next, and the last on the first, which is the downstream end of the edge that closes it. */
  nodes: bigint[];
}

/** So many nodes around new edges are looked at; where there are more both ways, no cycle is told. */
const LOOKED_AT = 50_000;

/**
 * The cycles that new edges would close with those that `source` shows, at most `most`: of each the shortest by the
 * first edge that closes one, of equally short ones that whose edges were recorded first. Edges that close one are left
 * out in the search for the next. Empty where a cycle is closed by what the source does not show.
 */
export async function closedCycles(
  source: Source,
  edges: readonly Ends[],
  most: number,
): Promise<ClosedCycle[]> {
  const around = await edgesAround(source, edges);
  return around === null ? [] : cyclesAmong(around, edges, most);
}

/** A cycle through a new edge lies among what depends on the downstream ends, and among what the upstream ends depend on. */
async function edgesAround(source: Source, edges: readonly Ends[]): Promise<EdgeRecord[] | null> {
  // As in the database's own search: things are recorded after what they depend on, so that little depends on them.
  for (const [way, end] of [
    ['DOWNSTREAM', 'downstream'],
    ['UPSTREAM', 'upstream'],
  ] as const) {
    const roots = [...new Set(edges.map((edge) => edge[end]))];
    const ids = await source.closure(roots, way, EDGE_KINDS, LOOKED_AT + 1);
    if (ids.length <= LOOKED_AT) return source.edgesFrom(ids, way, EDGE_KINDS);
  }
  return null;
}

/** As `closedCycles`, of edges that are at hand. Those that stand close none among themselves. */
export function cyclesAmong(
  standing: readonly (Ends & { id: bigint })[],
  added: readonly Ends[],
  most: number,
): ClosedCycle[] {
  const recorded = standing.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const left = new Set(added.keys());
  const found: ClosedCycle[] = [];
  while (found.length < most) {
    const upwards = new Upwards([...recorded, ...[...left].map((i) => added[i]!)]);
    const first = [...left].find((i) => upwards.areOnOneCycle(added[i]!));
    if (first === undefined) break;
    const nodes = upwards.cycleBy(added[first]!);
    const next = new Map(nodes.map((id, i) => [id, nodes[(i + 1) % nodes.length]!]));
    const others = [...left].filter(
      (i) => i !== first && next.get(added[i]!.downstream) === added[i]!.upstream,
    );
    const closedBy = [first, ...others];
    for (const i of closedBy) left.delete(i);
    found.push({ closedBy, nodes });
  }
  return found;
}

/** A graph from each node to what it depends on, those whose edges come first in front. */
class Upwards {
  readonly #ids: bigint[] = [];
  readonly #places = new Map<bigint, number>();
  readonly #next: number[][] = [];
  readonly #component: Int32Array;

  constructor(edges: Iterable<Ends>) {
    for (const { downstream, upstream } of edges)
      this.#next[this.#placeOf(downstream)]!.push(this.#placeOf(upstream));
    this.#component = components(this.#next);
  }

  #placeOf(id: bigint): number {
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const place = this.#ids.push(id) - 1;
    this.#places.set(id, place);
    this.#next.push([]);
    return place;
  }

  areOnOneCycle({ downstream, upstream }: Ends): boolean {
    const [down, up] = [downstream, upstream].map((id) => this.#places.get(id)!) as [number, number];
    return this.#component[down] === this.#component[up];
  }

  /** The nodes of the shortest cycle through an edge that lies on one. */
  cycleBy({ downstream, upstream }: Ends): bigint[] {
    const [goal, start] = [this.#places.get(downstream)!, this.#places.get(upstream)!];
    const before = new Map([[start, start]]);
    for (const place of before.keys()) {
      if (place === goal) break;
      for (const next of this.#next[place]!)
        if (this.#component[next] === this.#component[goal] && !before.has(next)) before.set(next, place);
    }
    const back: bigint[] = [];
    for (let place = before.get(goal)!; back.at(-1) !== upstream; place = before.get(place)!)
      back.push(this.#ids[place]!);
    return [downstream, ...back.reverse()];
  }
}

/** For each place a number that it shares with those that it leads to and that lead back to it. Tarjan's algorithm. */
function components(next: readonly (readonly number[])[]): Int32Array {
  const component = new Int32Array(next.length).fill(-1);
  const order = new Int32Array(next.length).fill(-1);
  const lowest = new Int32Array(next.length);
  const open: number[] = [];
  let met = 0;
  let made = 0;
  for (let root = 0; root < next.length; root++) {
    if (order[root] !== -1) continue;
    // By hand, not by recursion: a lineage may be a chain of many thousands.
    const path: { place: number; taken: number }[] = [];
    const enter = (place: number) => {
      order[place] = lowest[place] = met++;
      open.push(place);
      path.push({ place, taken: 0 });
    };
    enter(root);
    while (path.length > 0) {
      const here = path.at(-1)!;
      const { place } = here;
      const to = next[place]![here.taken++];
      if (to !== undefined) {
        if (order[to] === -1) enter(to);
        else if (component[to] === -1) lowest[place] = Math.min(lowest[place]!, order[to]!);
        continue;
      }
      path.pop();
      const above = path.at(-1)?.place;
      if (above !== undefined) lowest[above] = Math.min(lowest[above]!, lowest[place]!);
      if (lowest[place] !== order[place]) continue;
      for (let member = -1; member !== place; ) {
        member = open.pop()!;
        component[member] = made;
      }
      made += 1;
    }
  }
  return component;
}
