import type { Context } from '../context.ts';
import { builder } from '../graphql/builder.ts';
import {
  LineageDirectionEnum,
  LineageEdgeGroupEnum,
  LineageNodeKindEnum,
  RecordStatusEnum,
  VisibilityEnum,
} from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { NodeInterface } from '../graphql/node.ts';
import { present } from '../platform/present.ts';
import { teamOf } from './asserted.refs.ts';
import { statusOn } from './known-on.ts';
import { AliasRef, ClaimRef, DisputeRef, LINEAGE_TYPE, LineageNodeRef, TeamRef } from './lineage.refs.ts';
import { CompletenessRef, ImpactRef, LineageGraphRef } from './lineage-graph.refs.ts';
import { formatNodeRef } from './node-ref.ts';
import { aliasesOf, claimsOf } from './read-assertions.ts';
import { readCompleteness } from './read-completeness.ts';
import { disputesOn } from './read-disputes.ts';
import { readImpact } from './read-impact.ts';
import { readLineage } from './read-lineage.ts';
import { nodeById } from './read-nodes.ts';
import { labelOf } from './records.ts';
import { resolveRefIfAny } from './resolve-refs.ts';
import type { NodeView } from './views.ts';

export const KNOWN_ON =
  'As known on this moment; now where left out. A moment beyond what has certainly been recorded is taken back to that.';

const OF_THE_ANSWER =
  'As known on this moment; where left out, on that of the answer that the node is shown in. A moment beyond what has certainly been recorded is taken back to that.';

/** The moment that is asked about of a node, else that of the answer it is shown in. */
const momentOf = async (context: Context, node: NodeView, asked: Date | null | undefined): Promise<Date> =>
  (asked == null ? node.knownOn : undefined) ?? context.knownOn(asked);

async function recordStatusOf(context: Context, node: NodeView, asked: Date | null | undefined) {
  const on = await momentOf(context, node, asked);
  // An answer about a moment leaves out a later retraction, which is known on a later one.
  const later = node.knownOn !== undefined && on > node.knownOn;
  const row = later ? present(await context.load(nodeById, node.id), 'The node') : node;
  return statusOn(row, await disputesOn(context, { node: node.id }, on), on);
}

LineageNodeRef.implement({
  description: 'Anything that can stand in a lineage.',
  interfaces: [NodeInterface],
  resolveType: (row) => LINEAGE_TYPE[row.kind],
  fields: (t) => ({
    truncations: truncationsOf(t),
    ref: t.field({
      type: 'NodeRef',
      description: 'How people and tools can write it: kind:name[@version]; the global id of a draft.',
      resolve: (node, _args, context) =>
        node.name === null
          ? context.ids.encode(LINEAGE_TYPE[node.kind], node.id)
          : formatNodeRef({ ...node, name: node.name }),
    }),
    kind: t.expose('kind', { type: LineageNodeKindEnum, description: 'What it is.' }),
    label: t.string({ description: 'Its name and version, as people say them.', resolve: labelOf }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When Headwater learnt of it.' }),
    retractedAt: t.expose('retractedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was taken back, as known on the date of the answer; null where it holds.',
    }),
    recordStatus: t.field({
      type: RecordStatusEnum,
      nullable: true,
      description:
        'How it stands itself, whatever is said of it. Null on a moment on which it was not recorded yet.',
      args: { knownOn: t.arg({ type: 'DateTime', description: OF_THE_ANSWER }) },
      resolve: (node, args, context) => recordStatusOf(context, node, args.knownOn),
    }),
    disputes: t.field({
      type: [DisputeRef],
      description: 'Who disagrees with it as such, in the order of record; not with what is said of it.',
      args: { knownOn: t.arg({ type: 'DateTime', description: OF_THE_ANSWER }) },
      resolve: async (node, args, context) =>
        disputesOn(context, { node: node.id }, await momentOf(context, node, args.knownOn)),
    }),
    visibility: t.expose('visibility', { type: VisibilityEnum, description: 'Who may see it.' }),
    team: t.field({
      type: TeamRef,
      description: 'The team that recorded it and answers for it.',
      resolve: (node, _args, context) => teamOf(context, node.teamId),
    }),
    claims: t.field({
      type: [ClaimRef],
      description:
        'What is said of it, by whomever; the newest first. Conflicting claims stand side by side.',
      args: { knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }) },
      resolve: async (node, args, context) => claimsOf(context, node.id, await context.knownOn(args.knownOn)),
    }),
    aliases: t.field({
      type: [AliasRef],
      description: 'Its other names, in the order of record: each leads here.',
      args: { knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }) },
      resolve: async (node, args, context) =>
        aliasesOf(context, node.id, await context.knownOn(args.knownOn)),
    }),
    lineage: t.field({
      type: LineageGraphRef,
      description: 'What it depends on, or what depends on it: each node and edge once.',
      args: {
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
        kinds: t.arg({
          type: [LineageNodeKindEnum],
          description: 'Kinds of nodes to return: all where left out. What lies between becomes one edge.',
        }),
        maxDepth: t.arg.int({ description: 'At most so many edges away.' }),
        limit: t.arg.int({ defaultValue: 1000, description: 'At most so many nodes, from 1 to 50,000.' }),
        skip: t.arg.int({
          defaultValue: 0,
          description:
            'How many of the nodes next to this one to leave out: as `truncated.skip` of an answer says.',
        }),
        knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }),
      },
      resolve: (node, args, context) => readLineage(context, node, args),
    }),
    impact: t.field({
      type: ImpactRef,
      description: 'Everything that it reached: the blast radius.',
      args: { knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }) },
      resolve: (node, args, context) => readImpact(context, node, args.knownOn),
    }),
    completeness: t.field({
      type: CompletenessRef,
      nullable: true,
      description:
        'How much of its mass is known to come from a source or a writing model. Null for what carries no mass, for training that used no data, and on a moment on which it was not known.',
      args: { knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }) },
      resolve: (node, args, context) => readCompleteness(context, node, args.knownOn),
    }),
  }),
});

builder.queryField('lineageNode', (t) =>
  t.field({
    type: LineageNodeRef,
    nullable: true,
    description: 'The thing that a reference names; null where it names none that the viewer may see.',
    args: { ref: t.arg({ type: 'NodeRef', required: true, description: 'The reference.' }) },
    resolve: (_root, { ref }, context) => resolveRefIfAny(context, ref, ['ref']),
  }),
);
