import type { ObjectRef } from '@pothos/core';
import { builder, type SchemaTypes } from '../graphql/builder.ts';
import { LineageDirectionEnum, LineageEdgeGroupEnum } from '../graphql/enums.ts';
import { ListTruncationRef } from '../graphql/list-truncation.ts';
import { ActorRef, CompositionRef, DisputeRef, LineageEdgeRef, LineageNodeRef } from './lineage.refs.ts';
import { actorById } from './read-actors.ts';
import {
  type EdgeRemovalView,
  type LineageChangesView,
  type LineageDisputeView,
  type NodeRemovalView,
  type RemovalView,
  readLineageChanges,
  type ShareChangeView,
} from './read-lineage-changes.ts';
import { resolveRef } from './resolve-refs.ts';

const NodeRemoval = builder.objectRef<NodeRemovalView>('LineageNodeRemoval').implement({
  description: 'A node that is no longer in a lineage.',
  fields: (t) => ({
    node: t.expose('node', {
      type: LineageNodeRef,
      description: 'The node, as known on the earlier moment.',
    }),
    replacedBy: t.expose('replacedBy', {
      type: LineageNodeRef,
      nullable: true,
      description: 'What stands in its place, where that was said and the viewer may see it.',
    }),
  }),
});

const EdgeRemoval = builder.objectRef<EdgeRemovalView>('LineageEdgeRemoval').implement({
  description: 'An edge that is no longer in a lineage.',
  fields: (t) => ({
    edge: t.expose('edge', {
      type: LineageEdgeRef,
      description: 'The edge, as known on the earlier moment, with the share that it had then.',
    }),
  }),
});

for (const Removal of [NodeRemoval, EdgeRemoval])
  builder.objectFields(Removal as ObjectRef<SchemaTypes, RemovalView>, (t) => ({
    retractedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When it was itself taken back; null where it still holds and what led to it from the node was taken back.',
      resolve: ({ retraction }) => retraction?.retractedAt ?? null,
    }),
    retractedBy: t.field({
      type: ActorRef,
      nullable: true,
      description: 'Who took it back; null where it was not taken back itself.',
      resolve: ({ retraction }, _args, context) =>
        retraction?.actorId == null ? null : context.load(actorById, retraction.actorId),
    }),
    reason: t.string({
      nullable: true,
      description: 'Why it was taken back, as they say.',
      resolve: ({ retraction }) => retraction?.reason ?? null,
    }),
  }));

const ShareChange = builder.objectRef<ShareChangeView>('LineageShareChange').implement({
  description: 'An edge that is in a lineage on both moments, and weighs otherwise on the later one.',
  fields: (t) => ({
    edge: t.expose('edge', { type: LineageEdgeRef, description: 'The edge, as known on the later moment.' }),
    before: t.float({
      nullable: true,
      description:
        'Its share on the earlier moment, from 0 to 1: the least where parties differed; null where not known.',
      resolve: ({ before }) => before.share,
    }),
    beforeUpper: t.float({
      nullable: true,
      description: 'The most where parties differed.',
      resolve: ({ before }) => before.shareUpper,
    }),
    after: t.float({
      nullable: true,
      description: 'Its share on the later moment: the least where parties differ; null where not known.',
      resolve: ({ after }) => after.share,
    }),
    afterUpper: t.float({
      nullable: true,
      description: 'The most where parties differ.',
      resolve: ({ after }) => after.shareUpper,
    }),
  }),
});

const LineageDispute = builder.objectRef<LineageDisputeView>('LineageDispute').implement({
  description: 'A disagreement with an edge of a lineage, or with a statement that edges of it are part of.',
  fields: (t) => ({
    dispute: t.expose('dispute', { type: DisputeRef, description: 'Who disagrees, and why.' }),
    edge: t.expose('edge', {
      type: LineageEdgeRef,
      nullable: true,
      description: 'The edge, where one is disputed; as last known between the moments.',
    }),
    composition: t.expose('composition', {
      type: CompositionRef,
      nullable: true,
      description: 'The statement, where a whole one is disputed; as last known between the moments.',
    }),
  }),
});

const Truncation = builder
  .objectRef<NonNullable<LineageChangesView['truncated']>>('LineageChangesTruncation')
  .implement({
    description: 'What an answer about changes leaves out.',
    fields: (t) => ({
      lists: t.expose('lists', {
        type: [ListTruncationRef],
        description: 'The lists that hold more than `limit` allowed.',
      }),
      partial: t.exposeBoolean('partial', {
        description:
          'Whether the lineage on either moment holds more than 50,000 nodes. Only the nearest were then compared, and only what was itself recorded or retracted in between is told, not what merely came into or out of reach.',
      }),
    }),
  });

const Changes = builder.objectRef<LineageChangesView>('LineageChanges').implement({
  description:
    'How the lineage of a node differs between two moments of record, for what the viewer may see now.',
  fields: (t) => ({
    node: t.expose('node', { type: LineageNodeRef, description: 'Whose lineage it is.' }),
    direction: t.expose('direction', {
      type: LineageDirectionEnum,
      description: 'Which way edges were followed.',
    }),
    since: t.expose('since', { type: 'DateTime', description: 'The earlier moment.' }),
    until: t.expose('until', {
      type: 'DateTime',
      description: 'The later moment, which the answer holds for.',
    }),
    nodesAdded: t.expose('nodesAdded', {
      type: [LineageNodeRef],
      description: 'Nodes that are in the lineage on the later moment alone, the nearest first.',
    }),
    nodesRemoved: t.expose('nodesRemoved', {
      type: [NodeRemoval],
      description: 'Nodes that are in the lineage on the earlier moment alone, the nearest first.',
    }),
    edgesAdded: t.expose('edgesAdded', {
      type: [LineageEdgeRef],
      description:
        'Edges that are in the lineage on the later moment alone, in the order of record. A statement that was corrected has new edges.',
    }),
    edgesRemoved: t.expose('edgesRemoved', {
      type: [EdgeRemoval],
      description: 'Edges that are in the lineage on the earlier moment alone, in the order of record.',
    }),
    sharesChanged: t.expose('sharesChanged', {
      type: [ShareChange],
      description: 'Edges that are in both and weigh otherwise, in the order of record.',
    }),
    disputes: t.expose('disputes', {
      type: [LineageDispute],
      description:
        'Disputes that came up after the earlier moment and stand on the later one, of edges in either lineage and of the statements that these are part of; in the order of record.',
    }),
    truncated: t.expose('truncated', {
      type: Truncation,
      nullable: true,
      description: 'Null where the answer is whole.',
    }),
  }),
});

builder.queryField('lineageChanges', (t) =>
  t.field({
    type: Changes,
    description:
      'What was added to, retracted from and disputed in the lineage of a node between two moments of record, and whose shares changed. What was recorded and retracted again in between is in neither lineage.',
    args: {
      of: t.arg({ type: 'NodeRef', required: true, description: 'Whose lineage.' }),
      since: t.arg({
        type: 'DateTime',
        required: true,
        description:
          'The earlier moment; not after `until`. One beyond what has certainly been recorded is taken back to that.',
      }),
      until: t.arg({
        type: 'DateTime',
        description:
          'The later moment; now where left out. One beyond what has certainly been recorded is taken back to that.',
      }),
      direction: t.arg({
        type: LineageDirectionEnum,
        required: true,
        defaultValue: 'UPSTREAM',
        description: 'Which way to follow edges.',
      }),
      via: t.arg({
        type: [LineageEdgeGroupEnum],
        description: 'Groups of edges to follow: DATA and OBSERVATION where left out.',
      }),
      limit: t.arg.int({
        defaultValue: 1000,
        description: 'At most so many elements in each list, from 1 to 50,000.',
      }),
    },
    resolve: async (_root, args, context) =>
      readLineageChanges(context, await resolveRef(context, args.of, ['of']), args),
  }),
);
