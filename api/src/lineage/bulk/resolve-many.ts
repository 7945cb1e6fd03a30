import type { Principal } from '../../access/viewer.ts';
import type { BulkConnection } from '../../platform/bulk-connection.ts';
import type { GlobalIds } from '../../platform/global-id.ts';
import { LINEAGE_TYPES } from '../lineage-types.ts';
import { parseNodeRef } from '../node-ref.ts';
import { ambiguous, nothingCalled, type Place, placeKey, placesOf } from '../ref-places.ts';
import { selectAtPlaces, selectChangedNodes, selectNamespacesOf, selectSeenNodes } from './bulk.store.ts';
import { type KnownNode, ReferenceCache } from './reference-cache.ts';

/**
 * What references mean to one writer: as `resolveRefs` has it for one, set by set. A reference keeps the meaning that
 * it had when it was first read, until its node is retracted, hidden or shown otherwise.
 */
export class ManyReferences {
  private readonly cache: ReferenceCache;
  private readonly ids: GlobalIds;
  private teams = '';
  private namespaces: string[] = [];
  /** The feed of the lineage is read from here on; null before the first look. */
  private from: string | null = null;

  constructor(ids: GlobalIds, most?: number) {
    this.ids = ids;
    this.cache = new ReferenceCache(most);
  }

  /** Begins a batch: forgets what changed meanwhile. */
  async refresh(db: BulkConnection, viewer: Principal): Promise<void> {
    const teams = `${viewer.teamIds.join(' ')} ${viewer.role}`;
    const { next, nodes, audiences } = await selectChangedNodes(db, this.from);
    if (audiences || this.from === null || teams !== this.teams) this.cache.clear();
    else this.cache.forget(nodes);
    this.from = next;
    if (teams !== this.teams) this.namespaces = await selectNamespacesOf(db, viewer.teamIds);
    this.teams = teams;
  }

  get(ref: string): KnownNode | undefined {
    return this.cache.get(ref);
  }

  /** References of these edges that are not known; the others are marked as used. */
  unknownOf(edges: readonly { downstream: string; upstream: string }[]): Set<string> {
    const unknown = new Set<string>();
    this.cache.touch(endsOf(edges));
    for (const { downstream, upstream } of edges) {
      if (this.cache.get(downstream) === undefined) unknown.add(downstream);
      if (this.cache.get(upstream) === undefined) unknown.add(upstream);
    }
    return unknown;
  }

  /** Remembers what the writer recorded under a name a moment ago. */
  async made(db: BulkConnection, viewer: Principal, ref: string, id: bigint): Promise<void> {
    const node = (await selectSeenNodes(db, viewer, [id])).get(id);
    if (node !== undefined) this.cache.set(ref, node);
  }

  /** Forgets what was recorded and then given back. */
  forget(ref: string): void {
    const node = this.cache.get(ref);
    if (node !== undefined) this.cache.forget([node.id]);
  }

  /** Learns those that are not known, and answers which mean nothing, each with the reason. */
  async learn(
    db: BulkConnection,
    viewer: Principal,
    refs: ReadonlySet<string>,
  ): Promise<Map<string, string>> {
    const problems = new Map<string, string>();
    const wanted: { ref: string; id: bigint | null; steps: number[][] }[] = [];
    const places = new Map<string, { place: Place; at: number }>();
    this.cache.touch(refs);
    for (const ref of refs) {
      if (this.cache.get(ref) !== undefined) continue;
      const global = this.ids.decode(ref);
      if (global !== null) {
        wanted.push({ ref, id: LINEAGE_TYPES.has(global.type) ? global.id : -1n, steps: [] });
        continue;
      }
      const typed = parseNodeRef(ref);
      if ('problem' in typed) problems.set(ref, typed.problem);
      else {
        const steps = placesOf(typed, this.namespaces).map((step) =>
          step.map((place) => number(places, place)),
        );
        wanted.push({ ref, id: null, steps });
      }
    }
    const byId = await selectSeenNodes(
      db,
      viewer,
      wanted.flatMap(({ id }) => id ?? []),
    );
    const at = await selectAtPlaces(
      db,
      viewer,
      [...places.values()].map(({ place }) => place),
    );
    for (const { ref, id, steps } of wanted) {
      const found = id === null ? pick(steps, at) : byId.get(id);
      if (found === undefined) problems.set(ref, nothingCalled(ref));
      else if (found === 'ambiguous') problems.set(ref, ambiguous(ref));
      else this.cache.set(ref, found);
    }
    return problems;
  }

  /** Ends a batch: lets go of what is more than may be kept. */
  trim(): void {
    this.cache.trim();
  }
}

function* endsOf(edges: readonly { downstream: string; upstream: string }[]): Iterable<string> {
  for (const { downstream, upstream } of edges) {
    yield downstream;
    yield upstream;
  }
}

function number(places: Map<string, { place: Place; at: number }>, place: Place): number {
  const key = placeKey(place);
  const held = places.get(key);
  if (held !== undefined) return held.at;
  places.set(key, { place, at: places.size });
  return places.size - 1;
}

function pick(
  steps: readonly (readonly number[])[],
  at: ReadonlyMap<number, KnownNode>,
): KnownNode | 'ambiguous' | undefined {
  for (const step of steps) {
    const found = new Map(step.flatMap((place) => at.get(place) ?? []).map((node) => [node.id, node]));
    if (found.size > 1) return 'ambiguous';
    for (const node of found.values()) return node;
  }
  return undefined;
}
