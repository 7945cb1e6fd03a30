import { createHash } from 'node:crypto';
import type { Context } from '../context.ts';
import {
  AmountBasisEnum,
  AmountUnitEnum,
  ClaimPropertyEnum,
  EdgeStatusEnum,
  LineageEdgeKindEnum,
} from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { loadsOne } from '../platform/loader.ts';
import { present } from '../platform/present.ts';
import { knownOn, retractedAtOn, statusOn } from './known-on.ts';
import {
  ActorRef,
  AliasRef,
  CitationRef,
  ClaimRef,
  CompositionRef,
  DisputeRef,
  LineageEdgeRef,
  LineageNodeRef,
  TeamRef,
} from './lineage.refs.ts';
import { formatNodeRef } from './node-ref.ts';
import { actorById, teamById } from './read-actors.ts';
import {
  aliasById,
  claimById,
  compositionById,
  disputeById,
  disputesOfEdge,
  edgeById,
  edgesOfComposition,
} from './read-assertions.ts';
import { citationOf } from './read-citations.ts';
import { readShare, readWeighing } from './read-exposure.ts';
import { nodeById } from './read-nodes.ts';
import type { ActorRow, TeamRow } from './records.ts';
import { type CompositionView, type EdgeView, edgeView, nodeOn } from './views.ts';

const ASSERTED_BY = 'Who asserts it.';
const TEAM = 'In whose name it is asserted.';
const CITATION = 'Where it comes from.';
const RECORDED = 'When Headwater learnt it.';
const RETRACTED = 'When it was taken back, as known on the date of the answer; null where it holds.';

/** Contracted edges are worked out, not asserted. */
const HEADWATER: ActorRow = { id: 0n, kind: 'SYSTEM', name: 'Headwater' };
const HEADWATER_TEAM: TeamRow = { id: 0n, namespace: '', name: 'Headwater' };

const actorOf = async (context: Context, id: bigint) =>
  present(await context.load(actorById, id), 'The actor');
const teamOf = async (context: Context, id: bigint) => present(await context.load(teamById, id), 'The team');
const endOf = async (context: Context, id: bigint, on: Date) =>
  nodeOn(present(await context.load(nodeById, id), 'An end of an edge'), on);

ClaimRef.implement({
  description: 'What a party says of a node beside its identity.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id(idOf('Claim')),
    property: t.expose('property', { type: ClaimPropertyEnum, description: 'What it is about.' }),
    value: t.string({
      description: 'The value, as text.',
      resolve: (claim) => claim.valueNumber ?? claim.valueText ?? claim.valueTime?.toISOString() ?? '',
    }),
    number: t.float({
      nullable: true,
      description: 'The value of a count.',
      resolve: (claim) => (claim.valueNumber === null ? null : Number(claim.valueNumber)),
    }),
    text: t.exposeString('valueText', { nullable: true, description: 'The value of a text.' }),
    time: t.expose('valueTime', { type: 'DateTime', nullable: true, description: 'The value of a date.' }),
    assertedBy: t.field({
      type: ActorRef,
      description: ASSERTED_BY,
      resolve: (claim, _args, context) => actorOf(context, claim.actorId),
    }),
    team: t.field({
      type: TeamRef,
      description: TEAM,
      resolve: (claim, _args, context) => teamOf(context, claim.teamId),
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: CITATION,
      resolve: (claim, _args, context) => citationOf(context, claim),
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: RECORDED }),
    retractedAt: t.expose('retractedAt', { type: 'DateTime', nullable: true, description: RETRACTED }),
  }),
});

AliasRef.implement({
  description: 'Another name of a node, given by a team: a claim that somebody makes and may take back.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id(idOf('Alias')),
    ref: t.field({
      type: 'NodeRef',
      description: 'The name, as people and tools write it.',
      resolve: formatNodeRef,
    }),
    node: t.field({
      type: LineageNodeRef,
      description: 'What it leads to.',
      resolve: async (alias, _args, context) =>
        present(await context.load(nodeById, alias.nodeId), 'What an alias leads to'),
    }),
    assertedBy: t.field({
      type: ActorRef,
      description: ASSERTED_BY,
      resolve: (alias, _args, context) => actorOf(context, alias.actorId),
    }),
    team: t.field({
      type: TeamRef,
      description: TEAM,
      resolve: (alias, _args, context) => teamOf(context, alias.teamId),
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: CITATION,
      resolve: (alias, _args, context) => citationOf(context, alias),
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: RECORDED }),
    retractedAt: t.expose('retractedAt', { type: 'DateTime', nullable: true, description: RETRACTED }),
  }),
});

DisputeRef.implement({
  description: 'Disagreement with an edge, claim, composition or node. It changes no share; it marks it.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id(idOf('Dispute')),
    statement: t.exposeString('statement', { description: 'What is disputed, and why.' }),
    by: t.field({
      type: ActorRef,
      description: 'Who disputes it.',
      resolve: (dispute, _args, context) => actorOf(context, dispute.actorId),
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: RECORDED }),
    shareLower: t.exposeFloat('shareLower', {
      nullable: true,
      description: 'The least that they hold right.',
    }),
    shareUpper: t.exposeFloat('shareUpper', {
      nullable: true,
      description: 'The most that they hold right.',
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: CITATION,
      resolve: (dispute, _args, context) => citationOf(context, dispute),
    }),
  }),
});

async function disputesOn(context: Context, edge: EdgeView) {
  if (edge.record === null) return [];
  return (await context.load(disputesOfEdge, edge.id)).filter((dispute) => knownOn(dispute, edge.knownOn));
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
      resolve: (edge, _args, context) => endOf(context, edge.downstream, edge.knownOn),
    }),
    upstream: t.field({
      type: LineageNodeRef,
      description: 'What it depends on.',
      resolve: (edge, _args, context) => endOf(context, edge.upstream, edge.knownOn),
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
        const record = id === null ? null : await context.load(compositionById, id);
        return record && { ...record, knownOn: edge.knownOn };
      },
    }),
    share: t.float({
      nullable: true,
      description: 'Its weight, from 0 to 1: the least where parties differ; null where not known or none.',
      resolve: async (edge, _args, context) => (await readShare(context, edge)).share,
    }),
    shareUpper: t.float({
      nullable: true,
      description: 'The most where parties differ.',
      resolve: async (edge, _args, context) => (await readShare(context, edge)).shareUpper,
    }),
    contracted: t.boolean({
      description: 'Whether it stands for paths through nodes that are not in the answer.',
      resolve: (edge) => edge.record === null,
    }),
    status: t.field({
      type: EdgeStatusEnum,
      description: 'How it stands on the date of the answer.',
      resolve: async (edge, _args, context) =>
        edge.record === null
          ? 'ASSERTED'
          : (statusOn(edge.record, await disputesOn(context, edge), edge.knownOn) ?? 'ASSERTED'),
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
      resolve: (edge, _args, context) => (edge.record === null ? null : citationOf(context, edge.record)),
    }),
    occurredAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it happened.',
      resolve: (edge) => edge.record?.occurredAt ?? null,
    }),
    disputes: t.field({
      type: [DisputeRef],
      description: 'Who disagrees, as known on the date of the answer.',
      resolve: (edge, _args, context) => disputesOn(context, edge),
    }),
  }),
});

CompositionRef.implement({
  description: "One party's statement of all the inputs of a thing.",
  interfaces: [NodeInterface],
  fields: (t) => ({
    truncations: truncationsOf(t),
    id: t.id(idOf('Composition')),
    node: t.field({
      type: LineageNodeRef,
      description: 'What it is a statement about.',
      resolve: (composition, _args, context) => endOf(context, composition.nodeId, composition.knownOn),
    }),
    output: t.field({
      type: LineageNodeRef,
      nullable: true,
      description: 'The one output that it is about, of several.',
      resolve: (composition, _args, context) =>
        composition.outputId === null ? null : endOf(context, composition.outputId, composition.knownOn),
    }),
    unit: t.expose('unit', { type: AmountUnitEnum, description: 'What its amounts count.' }),
    basis: t.expose('basis', { type: AmountBasisEnum, description: 'What its amounts are amounts of.' }),
    total: t.exposeFloat('total', { nullable: true, description: 'The whole, where stated.' }),
    complete: t.exposeBoolean('complete', {
      description: 'Whether these are all the inputs. False where an input is hidden from the viewer.',
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: CITATION,
      resolve: (composition, _args, context) => citationOf(context, composition),
    }),
    assertedBy: t.field({
      type: ActorRef,
      description: ASSERTED_BY,
      resolve: (composition, _args, context) => actorOf(context, composition.actorId),
    }),
    team: t.field({
      type: TeamRef,
      description: TEAM,
      resolve: (composition, _args, context) => teamOf(context, composition.teamId),
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: RECORDED }),
    retractedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: RETRACTED,
      resolve: (composition) => retractedAtOn(composition, composition.knownOn),
    }),
    inputs: t.field({
      type: [LineageEdgeRef],
      description: 'Its inputs, in the order of record; those of a retracted statement as they last stood.',
      resolve: async (composition, _args, context) => {
        const edges = await context.load(edgesOfComposition, composition.id);
        const gone = retractedAtOn(composition, composition.knownOn);
        return edges
          .filter((edge) =>
            gone === null
              ? knownOn(edge, composition.knownOn)
              : edge.retractedAt === null || edge.retractedAt >= gone,
          )
          .map((edge) => edgeView(edge, composition.knownOn));
      },
    }),
    unaccounted: t.float({
      nullable: true,
      description: 'What its weights leave over; null for a statement that does not hold.',
      resolve: async (composition, _args, context) => (await readWeighing(context, composition)).unaccounted,
    }),
    scaled: t.boolean({
      description: 'Whether its weights summed to a little more than 1 and were scaled.',
      resolve: async (composition, _args, context) => (await readWeighing(context, composition)).scaled,
    }),
  }),
});

registerNode('Claim', claimById);
registerNode('Alias', aliasById);
registerNode('Dispute', disputeById);
registerNode(
  'LineageEdge',
  loadsOne<Context, EdgeView>('edgeViewById', async (context, ids) => {
    const on = await context.knownOn();
    const edges = await Promise.all(ids.map((id) => context.load(edgeById, id)));
    return new Map(edges.flatMap((edge) => (edge === null ? [] : [[edge.id, edgeView(edge, on)]])));
  }),
);
registerNode(
  'Composition',
  loadsOne<Context, CompositionView>('compositionViewById', async (context, ids) => {
    const on = await context.knownOn();
    const rows = await Promise.all(ids.map((id) => context.load(compositionById, id)));
    return new Map(rows.flatMap((row) => (row === null ? [] : [[row.id, { ...row, knownOn: on }]])));
  }),
);
