import type { Context } from '../context.ts';
import { DisputeTargetKindEnum } from '../graphql/enums.ts';
import { asNode, idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { present } from '../platform/present.ts';
import { actorOf, CITATION, endOf, RECORDED } from './asserted.refs.ts';
import { retractedAtOn } from './known-on.ts';
import { ActorRef, CitationRef, cited, DisputeRef } from './lineage.refs.ts';
import { loadsNow } from './loads-now.ts';
import { claimById, compositionAt, disputeById, edgeById } from './read-assertions.ts';
import { targetOfDispute } from './read-disputes.ts';
import { type DisputeView, edgeView, on } from './views.ts';

const KIND = { edge: 'EDGE', claim: 'CLAIM', composition: 'COMPOSITION', node: 'NODE' } as const;

/** What is disputed, as known on the moment of the answer; whoever sees a dispute sees what it is of. */
async function targetOf(context: Context, dispute: DisputeView): Promise<{ id: bigint }> {
  const { of, id } = targetOfDispute(dispute);
  const { knownOn } = dispute;
  const what = 'What is disputed';
  switch (of) {
    case 'edge':
      return asNode('LineageEdge', edgeView(present(await context.load(edgeById, id), what), knownOn));
    case 'claim': {
      const claim = present(await context.load(claimById, id), what);
      return asNode('Claim', { ...claim, retractedAt: retractedAtOn(claim, knownOn), knownOn });
    }
    case 'composition': {
      const composition = present(await compositionAt(context, id, knownOn), what);
      return asNode('Composition', { ...composition, knownOn });
    }
    case 'node':
      return endOf(context, id, knownOn);
  }
}

DisputeRef.implement({
  description: 'Disagreement with an edge, claim, composition or node. It changes no share; it marks it.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id(idOf('Dispute')),
    target: t.field({
      type: NodeInterface,
      description: 'What is disputed: an edge, a claim, a composition or a node.',
      resolve: (dispute, _args, context) => targetOf(context, dispute),
    }),
    targetKind: t.field({
      type: DisputeTargetKindEnum,
      description: 'What it is of, in a word: among the disputes of an edge are those of its composition.',
      resolve: (dispute) => KIND[targetOfDispute(dispute).of],
    }),
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

registerNode('Dispute', loadsNow('disputeViewById', disputeById, on));
