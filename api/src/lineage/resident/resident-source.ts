import type { CountClaim, TagMeasurement } from '../graph.ts';
import type { EdgeKind } from '../kinds.ts';
import type { NodeFacts } from '../lineage.store.ts';
import type { LineageSource } from '../lineage-source.ts';
import type { EdgeRecord } from '../records.ts';
import { kindsFollowed, reach, type Way } from './closure.ts';
import { residentImpact } from './impact.ts';
import type { Sight } from './sight.ts';
import { compositionsAt, countsAt, measurementsAt, outputsOf } from './stated.ts';
import { stepFrom } from './step.ts';

const ACTIVITIES: ReadonlySet<string> = new Set(['TRANSFORMATION', 'TRAINING_RUN']);

/** The lineage of one viewer on one moment, from memory. It answers what the statements of lineage.store do. */
export function residentSource(sight: Sight): LineageSource {
  const { nodes, edges, compositions } = sight.graph;
  const placesOf = (ids: readonly bigint[]) =>
    ids.map((id) => nodes.index.get(Number(id))).filter((place) => place !== -1);
  const seenOf = (ids: readonly bigint[]) =>
    [...new Set(placesOf(ids))].filter((place) => sight.nodeSeen(place));
  const idOf = (place: number) => BigInt(nodes.ids.values[place]!);

  const eachEdge = (
    from: readonly bigint[],
    way: Way,
    kinds: readonly EdgeKind[],
    visit: (edge: number, far: number) => void,
  ) => {
    const followed = kindsFollowed(kinds);
    const up = way === 'UPSTREAM';
    const follows = sight.following();
    for (const place of placesOf(from)) {
      const take = (edge: number) => {
        if (followed[edges.kind(edge)] === 0) return;
        const far = (up ? edges.upstream : edges.downstream).values[edge]!;
        if (follows(edge, far)) visit(edge, far);
      };
      if (up) edges.eachUp(place, take);
      else edges.eachDown(place, take);
    }
  };

  return {
    async closure(roots, way, kinds, most) {
      const found = reach(sight, placesOf(roots), way, kindsFollowed(kinds), most);
      const ids: bigint[] = new Array(found.length);
      for (let i = 0; i < found.length; i++) ids[i] = idOf(found.nodes[i]!);
      return ids;
    },
    async upstream(roots, followed, kinds, most) {
      const ids = await this.closure(roots, 'UPSTREAM', followed, most + 1);
      if (ids.length > most) return { ids, edges: [] };
      const edges = await this.edgesFrom(ids, 'UPSTREAM', kinds);
      if (compositions.apart.size === 0) return { ids, edges };
      const reached = new Set(ids);
      return {
        ids,
        edges: edges.filter(({ kind, upstream }) => !followed.includes(kind) || reached.has(upstream)),
      };
    },
    async step(from, way, kinds) {
      return stepFrom(sight, from, way, kindsFollowed(kinds));
    },
    async edgesFrom(from, way, kinds) {
      const found: EdgeRecord[] = [];
      eachEdge(from, way, kinds, (edge) => found.push(edges.record(edge, nodes, compositions)));
      return found;
    },
    async facts(ids) {
      return seenOf(ids).map((place): NodeFacts => {
        const row = nodes.row(place);
        return {
          ...row,
          ...nodes.facts(place),
          outputs: ACTIVITIES.has(row.kind) ? outputsOf(sight, place) : null,
        };
      });
    },
    async compositionsOf(ids) {
      return compositionsAt(sight, placesOf(ids));
    },
    async impact(root) {
      return residentImpact(sight, placesOf([root]));
    },
    async counts(ids) {
      const counts = new Map<bigint, readonly CountClaim[]>();
      for (const place of seenOf(ids)) {
        const held = countsAt(sight, place);
        if (held.length > 0) counts.set(idOf(place), held);
      }
      return counts;
    },
    async measurements(ids) {
      const measurements = new Map<bigint, readonly TagMeasurement[]>();
      for (const place of seenOf(ids)) {
        const held = measurementsAt(sight, place);
        if (held.length > 0) measurements.set(idOf(place), held);
      }
      return measurements;
    },
  };
}
