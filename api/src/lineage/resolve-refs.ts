import type { Context } from '../context.ts';
import type { Tx } from '../platform/database.ts';
import { type InputPath, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import type { LineageNodeKind } from './kinds.ts';
import { LINEAGE_TYPES } from './lineage-types.ts';
import { selectLikeNames, selectNamespaces, selectNodes } from './node.store.ts';
import type { LineageNodeRow } from './node.ts';
import { formatNodeRef, type NodeRef, parseNodeRef } from './node-ref.ts';
import { ambiguous, nothingCalled, placeKey, placesOf } from './ref-places.ts';
import { nodesAt } from './shared-places.ts';

export interface RefToResolve {
  ref: string;
  path: InputPath;
  /** The kinds that make sense here; any where left out. */
  kinds?: readonly LineageNodeKind[];
}

type Resolving = Pick<Context, 'viewer' | 'ids' | 'db'> &
  Partial<Pick<Context, 'sharedPlaces'>> & { tx?: Tx };

interface Reading {
  wanted: RefToResolve;
  typed: NodeRef | null;
  id: bigint | null;
}

/**
 * Resolves references in few statements whatever their number. Throws InputRefusal for what is no reference or
 * of the wrong kind, NotFoundRefusal (with visible candidates) for what leads nowhere or to several things.
 * Source of the rules: docs/tools.md, "Name things".
 */
export async function resolveRefs(
  context: Resolving,
  refs: readonly RefToResolve[],
  unknown: (context: Resolving, reading: Reading) => Promise<NotFoundRefusal> = notFound,
): Promise<LineageNodeRow[]> {
  if (refs.length === 0) return [];
  const db = context.tx ?? context.db;
  const readings = refs.map((wanted) => read(context, wanted));
  const namespaces =
    context.viewer.kind === 'principal' ? await selectNamespaces(db, context.viewer.teamIds) : [];
  const byId = new Map(
    (await selectNodes(db, context.viewer, [...new Set(readings.flatMap((r) => r.id ?? []))])).map((n) => [
      n.id,
      n,
    ]),
  );
  const places = readings.flatMap((r) => (r.typed ? placesOf(r.typed, namespaces).flat() : []));
  const unique = [...new Map(places.map((p) => [placeKey(p), p])).values()];
  const direct =
    context.tx === undefined && context.sharedPlaces !== undefined
      ? await context.sharedPlaces.find(db, context.viewer, unique)
      : await nodesAt(db, context.viewer, unique);
  const resolved: LineageNodeRow[] = [];
  for (const reading of readings) {
    const node = reading.id === null ? pick(reading, direct, namespaces) : byId.get(reading.id);
    if (node === undefined) throw await unknown(context, reading);
    const { kinds, path, ref } = reading.wanted;
    if (kinds !== undefined && !kinds.includes(node.kind)) {
      throw new InputRefusal(path, `"${ref}" is a ${words(node.kind)}.`, kinds.map(words).join(' or '));
    }
    resolved.push(node);
  }
  return resolved;
}

/** One reference; the same refusals. */
export async function resolveRef(
  context: Resolving,
  ref: string,
  path: InputPath,
  kinds?: readonly LineageNodeKind[],
): Promise<LineageNodeRow> {
  const [node] = await resolveRefs(context, [kinds === undefined ? { ref, path } : { ref, path, kinds }]);
  return node!;
}

/** The same, null where it leads nowhere: nobody is told of candidates then, and none are looked for. */
export async function resolveRefIfAny(
  context: Resolving,
  ref: string,
  path: InputPath,
): Promise<LineageNodeRow | null> {
  try {
    const [node] = await resolveRefs(
      context,
      [{ ref, path }],
      async () => new NotFoundRefusal(path, '', ref),
    );
    return node!;
  } catch (error) {
    if (error instanceof NotFoundRefusal) return null;
    throw error;
  }
}

function read(context: Pick<Context, 'ids'>, wanted: RefToResolve): Reading {
  const global = context.ids.decode(wanted.ref);
  // Ids of other things are numbers of their own, which a node may have too.
  if (global !== null) return { wanted, typed: null, id: LINEAGE_TYPES.has(global.type) ? global.id : -1n };
  const typed = parseNodeRef(wanted.ref);
  if ('problem' in typed)
    throw new InputRefusal(wanted.path, typed.problem, 'a global id or kind:name[@version]');
  return { wanted, typed, id: null };
}

function pick(
  reading: Reading,
  direct: ReadonlyMap<string, LineageNodeRow>,
  namespaces: readonly string[],
): LineageNodeRow | undefined {
  for (const step of placesOf(reading.typed!, namespaces)) {
    const found = step.flatMap((place) => direct.get(placeKey(place)) ?? []);
    const distinct = new Map(found.map((node) => [node.id, node]));
    if (distinct.size > 1) {
      const candidates = [...distinct.values()].map((n) => formatNodeRef({ ...n, name: n.name ?? '' }));
      throw new NotFoundRefusal(
        reading.wanted.path,
        ambiguous(reading.wanted.ref),
        reading.wanted.ref,
        candidates,
      );
    }
    if (found[0] !== undefined) return found[0];
  }
  return undefined;
}

async function notFound(context: Resolving, reading: Reading): Promise<NotFoundRefusal> {
  const { ref, path } = reading.wanted;
  const like = reading.typed
    ? await selectLikeNames(context.tx ?? context.db, context.viewer, reading.typed)
    : [];
  const candidates = like.map((n) => formatNodeRef({ ...n, name: n.name ?? '' }));
  const hint = candidates.length > 0 ? ` Did you mean ${candidates.join(', ')}?` : '';
  return new NotFoundRefusal(path, `${nothingCalled(ref)}${hint}`, ref, candidates);
}

function words(kind: LineageNodeKind): string {
  return kind.toLowerCase().replaceAll('_', ' ');
}
