// What parties say of a node, its other names, and who disagrees.
import { ClaimPropertyEnum } from '../graphql/enums.ts';
import { idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { present } from '../platform/present.ts';
import { ASSERTED_BY, actorOf, CITATION, RECORDED, RETRACTED, TEAM, teamOf } from './asserted.refs.ts';
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
import { formatNodeRef } from './node-ref.ts';
import { aliasById, claimById, disputeById } from './read-assertions.ts';
import { nodeById } from './read-nodes.ts';

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
      ...cited,
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
      ...cited,
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
      ...cited,
    }),
  }),
});

registerNode('Claim', claimById);
registerNode('Alias', aliasById);
registerNode('Dispute', disputeById);
