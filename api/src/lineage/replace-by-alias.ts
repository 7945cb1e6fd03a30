// A dataset version that was recorded under what turns out to be another name of one that is known.
import type { Change } from '../access/change.ts';
import { isWider, narrowest } from '../access/narrowest.ts';
import type { Event } from '../audit-log/event.ts';
import { ConflictRefusal, InputRefusal } from '../platform/refusal.ts';
import { retractEdges } from './assertions.store.ts';
import { LINEAGE_TYPE } from './lineage-types.ts';
import { mustOwn } from './may-retract.ts';
import type { LineageNodeRow } from './node.ts';
import { holdAlone, type Resting, selectRestingOn, selectTestedOn } from './record.store.ts';
import { insertEdges } from './record-edges.ts';
import { labelOf } from './records.ts';
import { retractAssertion } from './retract-assertion.ts';

const PATH = ['replacing'];

/**
 * Frees the name that `held` has: it is retracted with `node` in its place, and the eval runs that the team says were
 * tested on it are said to be tested on `node`. ConflictRefusal where anything else that the viewer sees rests on it, of
 * which the team has to say itself what holds, and where a colleague says so of a run for few to see,
 * or somebody for fewer that it was tested on `node`.
 */
export async function replaceByAlias(
  change: Change,
  held: LineageNodeRow,
  node: LineageNodeRow,
): Promise<void> {
  const { tx, by, teamId, context } = change;
  if (held.kind !== 'DATASET_VERSION')
    throw new InputRefusal(PATH, 'Only a dataset version is replaced by an alias.', 'false');
  if (held.id === node.id)
    throw new InputRefusal(PATH, 'It has this name already, and needs no alias.', 'false');
  mustOwn(change, held);
  await holdAlone(tx, held.id);
  const resting = await selectRestingOn(tx, context.viewer, held.id);
  const other = resting.find((edge) => edge.kind !== 'TESTED_ON');
  if (other !== undefined)
    throw new ConflictRefusal(
      PATH,
      `${other.label} rests on ${labelOf(held)} too, and not as an eval run does: retract what it says of it, and assert it anew, first.`,
    );
  const reason = `It is another name of ${labelOf(node)}.`;
  const own = resting.filter((edge) => edge.teamId === teamId);
  // Said anew it would be the caller's, and out of the sight of whoever said it.
  if (own.some((edge) => edge.visibility === 'RESTRICTED' && edge.actorId !== by.actorId))
    throw new ConflictRefusal(
      PATH,
      `Somebody else says for few to see that an eval run was tested on ${labelOf(held)}: they have to retract that, or share it with the team, first.`,
    );
  const retracted = await retractEdges(
    tx,
    own.map(({ id }) => id),
    by.actorId,
    reason,
  );
  await retractAssertion(change, {
    target: context.ids.encode(LINEAGE_TYPE[held.kind], held.id),
    reason,
    replacedBy: context.ids.encode(LINEAGE_TYPE[node.kind], node.id),
  });
  const gone = own.filter(({ id }) => retracted.has(id));
  await sayAnew(change, gone, node, reason);
}

/** Says of `node` what was said of the eval runs before, with an event for each of them. */
async function sayAnew(
  change: Change,
  gone: readonly Resting[],
  node: LineageNodeRow,
  reason: string,
): Promise<void> {
  const { tx, teamId, context } = change;
  const already = onePerRun(await selectTestedOn(tx, context.viewer, teamId, node.id));
  const told = [...onePerRun(gone).values()].map((edge) => ({
    ...edge,
    visibility: narrowest(edge.visibility, node.visibility),
  }));
  for (const { downstream, label, visibility } of told)
    if (isWider(visibility, already.get(downstream)?.visibility ?? visibility))
      throw new ConflictRefusal(
        PATH,
        `That ${label} was tested on ${labelOf(node)} is said for fewer to see than that it was on what it replaces: retract that first, or share it as widely.`,
      );
  const edges = told
    .filter(({ downstream }) => !already.has(downstream))
    .map(({ downstream, visibility, citationId, occurredAt }) => ({
      kind: 'TESTED_ON' as const,
      downstream,
      upstream: node.id,
      citationId,
      occurredAt,
      visibility,
    }));
  await insertEdges(change, edges, () => PATH);
  for (const { id, downstream, label, visibility } of told)
    await change.event(already.has(downstream) ? takenBack(reason) : saidAnew(label, labelOf(node), reason), {
      nodes: [downstream],
      visibility,
      tells: { edge: [id], node: [node.id] },
    });
}

/** As where one edge is asserted, or retracted: each run is told of itself alone, and others may not see it. */
const saidAnew = (downstream: string, upstream: string, reason: string): Event => ({
  type: 'EDGE_ASSERTED',
  kind: 'TESTED_ON',
  downstream,
  upstream,
  replaced: true,
  reason,
});
const takenBack = (reason: string): Event => ({
  type: 'RETRACTED',
  target: 'LineageEdge',
  reason,
  replacedBy: null,
});

/** Colleagues may each have said the same of a run: it is said once from then on, for all who could see that. */
function onePerRun<E extends Pick<Resting, 'downstream' | 'visibility'>>(edges: readonly E[]) {
  const widest = new Map<bigint, E>();
  for (const edge of edges) {
    const other = widest.get(edge.downstream);
    if (other === undefined || isWider(edge.visibility, other.visibility)) widest.set(edge.downstream, edge);
  }
  return widest;
}
