import type { Context } from '../context.ts';
import { AmountBasisEnum, AmountUnitEnum, RecordStatusEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { loadsOne } from '../platform/loader.ts';
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
import { knownOn, retractedAtOn, statusOn } from './known-on.ts';
import {
  ActorRef,
  CitationRef,
  CompositionRef,
  cited,
  DisputeRef,
  LineageEdgeRef,
  LineageNodeRef,
  TeamRef,
} from './lineage.refs.ts';
import { compositionAt, edgesOfComposition } from './read-assertions.ts';
import { disputesOn } from './read-disputes.ts';
import { readWeighing } from './read-exposure.ts';
import { type CompositionView, edgeView } from './views.ts';

const disputesOf = (context: Context, { id, knownOn }: CompositionView) =>
  disputesOn(context, { composition: id }, knownOn);

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
      description:
        'Whether these are all the inputs. False where an input is hidden from the viewer, or is no node any more, and where all were taken back.',
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: CITATION,
      ...cited,
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
    status: t.field({
      type: RecordStatusEnum,
      description: STATUS,
      resolve: async (composition, _args, context) =>
        statusOn(composition, await disputesOf(context, composition), composition.knownOn) ?? 'ASSERTED',
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: RECORDED }),
    retractedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: RETRACTED,
      resolve: (composition) => retractedAtOn(composition, composition.knownOn),
    }),
    disputes: t.field({
      type: [DisputeRef],
      description: `${DISPUTES} With the whole of it; who disputes one input is among the disputes of that.`,
      resolve: (composition, _args, context) => disputesOf(context, composition),
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

registerNode(
  'Composition',
  loadsOne<Context, CompositionView>('compositionViewById', async (context, ids) => {
    const knownOn = await context.knownOn();
    const rows = await Promise.all(ids.map((id) => compositionAt(context, id, knownOn)));
    return new Map(rows.flatMap((row) => (row === null ? [] : [[row.id, { ...row, knownOn }]])));
  }),
);
