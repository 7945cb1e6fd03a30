// What parties say of a node, and its other names.
import type { Context } from '../context.ts';
import { ClaimPropertyEnum, RecordStatusEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { present } from '../platform/present.ts';
import {
  ASSERTED_BY,
  actorOf,
  CITATION,
  DISPUTES,
  RECORDED,
  RETRACTED,
  STATUS,
  TEAM,
  teamOf,
} from './asserted.refs.ts';
import { statusOn } from './known-on.ts';
import {
  ActorRef,
  AliasRef,
  CitationRef,
  ClaimRef,
  cited,
  DisputeRef,
  LineageNodeRef,
  TeamRef,
} from './lineage.refs.ts';
import { loadsNow } from './loads-now.ts';
import { formatNodeRef } from './node-ref.ts';
import { aliasById, claimById } from './read-assertions.ts';
import { disputesOn } from './read-disputes.ts';
import { nodeById } from './read-nodes.ts';
import { type ClaimView, on } from './views.ts';

const disputesOf = (context: Context, { id, knownOn }: ClaimView) =>
  disputesOn(context, { claim: id }, knownOn);

ClaimRef.implement({
  description: 'What a party says of a node beside its identity.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    truncations: truncationsOf(t),
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
      ...cited,
    }),
    status: t.field({
      type: RecordStatusEnum,
      description: STATUS,
      resolve: async (claim, _args, context) =>
        statusOn(claim, await disputesOf(context, claim), claim.knownOn) ?? 'ASSERTED',
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: RECORDED }),
    retractedAt: t.expose('retractedAt', { type: 'DateTime', nullable: true, description: RETRACTED }),
    disputes: t.field({
      type: [DisputeRef],
      description: DISPUTES,
      resolve: (claim, _args, context) => disputesOf(context, claim),
    }),
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
      ...cited,
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: RECORDED }),
    retractedAt: t.expose('retractedAt', { type: 'DateTime', nullable: true, description: RETRACTED }),
  }),
});

registerNode('Claim', loadsNow('claimViewById', claimById, on));
registerNode('Alias', aliasById);
