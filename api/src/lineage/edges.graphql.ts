import { createHash } from 'node:crypto';
import type { Context } from '../context.ts';
import { AmountUnitEnum, LineageEdgeKindEnum, RecordStatusEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { loadedWhereNamed } from '../graphql/loaded.ts';
import { NodeInterface, registerNode } from '../graphql/node.ts';
import {
  ASSERTED_BY,
  actorOf,
  CITATION,
  DISPUTES,
  endOf,
  RECORDED,
  RETRACTED,
  STATUS,
  TEAM,
  teamOf,
} from './asserted.refs.ts';
import { retractedAtOn, statusOn } from './known-on.ts';
import {
  ActorRef,
  CitationRef,
  CompositionRef,
  DisputeRef,
  LineageEdgeRef,
  LineageNodeRef,
  TeamRef,
} from './lineage.refs.ts';
import { loadsNow } from './loads-now.ts';
import { compositionAt, edgeById } from './read-assertions.ts';
import { citationById } from './read-citations.ts';
import { disputesOn } from './read-disputes.ts';
import { readShare } from './read-exposure.ts';
import type { ActorRow, TeamRow } from './records.ts';
import { type DisputeView, type EdgeView, edgeView } from './views.ts';

/** Contracted edges are worked out, not asserted. */
const HEADWATER: ActorRow = { id: 0n, kind: 'SYSTEM', name: 'Headwater' };
const HEADWATER_TEAM: TeamRow = { id: 0n, namespace: '', name: 'Headwater' };

/** Of the edge itself, and of the statement that it is part of: who disputes that disputes each of its edges. */
async function disputesOf(context: Context, { record, knownOn }: EdgeView): Promise<DisputeView[]> {
  if (record === null) return [];
  const { id, compositionId } = record;
  return disputesOn(context, { edge: id, composition: compositionId }, knownOn);
}

/** The same edge of the same answer has the same id; any other has another. */
function contractedId({ downstream, upstream, knownOn, answer }: EdgeView, ids: Context['ids']): string {
  const ends = [downstream, upstream].map((end) => ids.encode('LineageEdge', end));
  const told = createHash('sha256').update(JSON.stringify([...ends, knownOn, answer]));
  return `contracted:${told.digest('base64url').slice(0, 22)}`;
}

LineageEdgeRef.implement({
  description: 'One node depends on another.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    truncations: truncationsOf(t),
    id: t.id({
      description:
        'The global id. A contracted edge is recorded nowhere and stands for other paths in another answer: its id begins with "contracted:", tells it from all edges of all answers, and leads to nothing in node(id:).',
      resolve: (edge, _args, { ids }) =>
        edge.record === null ? contractedId(edge, ids) : ids.encode('LineageEdge', edge.id),
    }),
    kind: t.expose('kind', {
      type: LineageEdgeKindEnum,
      description: 'How it depends; DERIVED_FROM for a contracted edge.',
    }),
    downstream: t.field({
      type: LineageNodeRef,
      description: 'The dependent.',
      resolve: (edge, _args, context) =>
        edge.nodes?.get(edge.downstream) ?? endOf(context, edge.downstream, edge.knownOn),
    }),
    upstream: t.field({
      type: LineageNodeRef,
      description: 'What it depends on.',
      resolve: (edge, _args, context) =>
        edge.nodes?.get(edge.upstream) ?? endOf(context, edge.upstream, edge.knownOn),
    }),
    amount: t.float({
      nullable: true,
      description: 'How much, as stated.',
      resolve: (edge) => edge.record?.amount ?? null,
    }),
    unit: t.field({
      type: AmountUnitEnum,
      nullable: true,
      description: 'What the amount counts.',
      resolve: (edge) => edge.record?.amountUnit ?? null,
    }),
    epochs: t.float({
      nullable: true,
      description: 'How often it was repeated, as stated.',
      resolve: (edge) => edge.record?.epochs ?? null,
    }),
    composition: t.field({
      type: CompositionRef,
      nullable: true,
      description: 'The statement of all inputs that it is part of.',
      resolve: async (edge, _args, context) => {
        const id = edge.record?.compositionId ?? null;
        const record = id === null ? null : await compositionAt(context, id, edge.knownOn);
        return record && { ...record, knownOn: edge.knownOn };
      },
    }),
    share: t.float({
      nullable: true,
      description: 'Its weight, from 0 to 1: the least where parties differ; null where not known or none.',
      resolve: (edge, _args, context) =>
        edge.share === undefined ? readShare(context, edge).then(({ share }) => share) : edge.share,
    }),
    shareUpper: t.float({
      nullable: true,
      description: 'The most where parties differ.',
      resolve: (edge, _args, context) =>
        edge.share === undefined
          ? readShare(context, edge).then(({ shareUpper }) => shareUpper)
          : (edge.shareUpper ?? null),
    }),
    contracted: t.boolean({
      description: 'Whether it stands for paths through nodes that are not in the answer.',
      resolve: (edge) => edge.record === null,
    }),
    status: t.field({
      type: RecordStatusEnum,
      description: `${STATUS} An edge of a disputed composition is disputed.`,
      resolve: async (edge, _args, context) =>
        edge.record === null
          ? 'ASSERTED'
          : (statusOn(edge.record, await disputesOf(context, edge), edge.knownOn) ?? 'ASSERTED'),
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: `${RECORDED} For a contracted edge, the moment of the answer.`,
      resolve: (edge) => edge.record?.recordedAt ?? edge.knownOn,
    }),
    retractedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: RETRACTED,
      resolve: (edge) => (edge.record === null ? null : retractedAtOn(edge.record, edge.knownOn)),
    }),
    assertedBy: t.field({
      type: ActorRef,
      description: `${ASSERTED_BY} Headwater, for a contracted edge.`,
      resolve: (edge, _args, context) =>
        edge.record === null ? HEADWATER : actorOf(context, edge.record.actorId),
    }),
    team: t.field({
      type: TeamRef,
      description: `${TEAM} Headwater's own, for a contracted edge.`,
      resolve: (edge, _args, context) =>
        edge.record === null ? HEADWATER_TEAM : teamOf(context, edge.record.teamId),
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: CITATION,
      ...loadedWhereNamed(citationById, ({ record }: EdgeView) => record?.citationId ?? null),
    }),
    occurredAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it happened.',
      resolve: (edge) => edge.record?.occurredAt ?? null,
    }),
    disputes: t.field({
      type: [DisputeRef],
      description: `${DISPUTES} With it or with the whole composition that it is part of, in the order of record; each tells with which.`,
      resolve: (edge, _args, context) => disputesOf(context, edge),
    }),
  }),
});

registerNode('LineageEdge', loadsNow('edgeViewById', edgeById, edgeView));
