import { builder } from '../graphql/builder.ts';
import { forwardArguments } from '../graphql/connection.ts';
import { LineageDirectionEnum, UnaccountedReasonEnum } from '../graphql/enums.ts';
import { LineageEdgeRef, LineageNodeRef } from './lineage.refs.ts';
import {
  DatasetVersionConnection,
  EvalRunConnection,
  IncidentConnection,
  LineageNodeConnection,
  ModelVersionConnection,
} from './lineage-connections.refs.ts';
import { ImpactRef, LineageGraphRef, LineagePathRef } from './lineage-graph.refs.ts';
import { KNOWN_ON } from './lineage-node.graphql.ts';
import { impactPage } from './read-impact.ts';
import { type LineageGraphView, MOST_PATHS, readPath, readPaths } from './read-lineage.ts';
import { resolveRefs } from './resolve-refs.ts';

const HOLDS_FOR = 'The moment that the answer holds for.';

const Truncation = builder
  .objectRef<NonNullable<LineageGraphView['truncated']>>('LineageTruncation')
  .implement({
    description: 'What cut an answer, and where to go on.',
    fields: (t) => ({
      reason: t.exposeString('reason', { description: 'LIMIT or MAX_DEPTH.' }),
      frontier: t.expose('frontier', {
        type: [LineageNodeRef],
        description: 'Nodes of the answer from which asking again yields the rest.',
      }),
      skip: t.exposeInt('skip', {
        nullable: true,
        description:
          'Where the nodes next to the root alone are more than the limit: the `skip` that gives the next of them, for the same `knownOn`.',
      }),
    }),
  });

const Unaccounted = builder
  .objectRef<ReturnType<LineageGraphView['unaccounted']>[number]>('LineageUnaccounted')
  .implement({
    description: 'What no input of a node accounts for, so that a picture can draw it.',
    fields: (t) => ({
      node: t.expose('node', { type: LineageNodeRef, description: 'Where the mass is lost.' }),
      share: t.exposeFloat('share', {
        description: "A part of the node's own mass; the least where parties differ.",
      }),
      shareUpper: t.exposeFloat('shareUpper', { description: 'The most where parties differ.' }),
      reason: t.expose('reason', { type: UnaccountedReasonEnum, description: 'Why it is lost.' }),
    }),
  });

LineageGraphRef.implement({
  description: 'A part of the lineage: each node and edge once.',
  fields: (t) => ({
    root: t.expose('root', { type: LineageNodeRef, description: 'Where the search began.' }),
    nodes: t.expose('nodes', {
      type: [LineageNodeRef],
      description: 'The root first, then by distance from it.',
    }),
    edges: t.expose('edges', { type: [LineageEdgeRef], description: 'The edges between these nodes.' }),
    knownOn: t.expose('knownOn', { type: 'DateTime', description: HOLDS_FOR }),
    truncated: t.expose('truncated', {
      type: Truncation,
      nullable: true,
      description: 'Null where the answer is whole.',
    }),
    unaccounted: t.field({
      type: [Unaccounted],
      resolve: (view) => view.unaccounted(),
      description: 'What the recorded inputs of these nodes leave unexplained.',
    }),
  }),
});

LineagePathRef.implement({
  description: 'A way between two nodes.',
  fields: (t) => ({
    direction: t.expose('direction', {
      type: LineageDirectionEnum,
      description: 'UPSTREAM: the second is what the first depends on. DOWNSTREAM: the other way round.',
    }),
    nodes: t.expose('nodes', { type: [LineageNodeRef], description: 'From the first to the second.' }),
    edges: t.expose('edges', { type: [LineageEdgeRef], description: 'The edges between them, in order.' }),
    knownOn: t.expose('knownOn', { type: 'DateTime', description: HOLDS_FOR }),
    share: t.exposeFloat('share', {
      nullable: true,
      description: 'The product of the shares on the way; null where one is not known or carries no mass.',
    }),
  }),
});

ImpactRef.implement({
  description: 'Everything downstream of a node, by kind, the nearest first.',
  fields: (t) => ({
    datasetVersions: t.field({
      type: DatasetVersionConnection,
      description: 'Dataset versions that it went into.',
      args: forwardArguments(t),
      resolve: (view, args, context) => impactPage(context, view, 'DATASET_VERSION', args),
    }),
    modelVersions: t.field({
      type: ModelVersionConnection,
      description: 'Model versions that it reached.',
      args: forwardArguments(t),
      resolve: (view, args, context) => impactPage(context, view, 'MODEL_VERSION', args),
    }),
    evalRuns: t.field({
      type: EvalRunConnection,
      description: 'Eval runs of what it reached.',
      args: forwardArguments(t),
      resolve: (view, args, context) => impactPage(context, view, 'EVAL_RUN', args),
    }),
    incidents: t.field({
      type: IncidentConnection,
      description: 'Incidents of what it reached.',
      args: forwardArguments(t),
      resolve: (view, args, context) => impactPage(context, view, 'INCIDENT', args),
    }),
    influenced: t.field({
      type: LineageNodeConnection,
      description: 'What it reached only through models that wrote, taught or judged, or through revisions.',
      args: forwardArguments(t),
      resolve: (view, args, context) => impactPage(context, view, null, args),
    }),
    knownOn: t.expose('knownOn', { type: 'DateTime', description: HOLDS_FOR }),
  }),
});

builder.queryField('lineagePath', (t) =>
  t.field({
    type: LineagePathRef,
    nullable: true,
    description: 'The shortest way between two nodes, upstream first; null where there is none.',
    args: {
      from: t.arg({ type: 'NodeRef', required: true, description: 'Where to start.' }),
      to: t.arg({ type: 'NodeRef', required: true, description: 'Where to arrive.' }),
      knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }),
    },
    resolve: async (_root, args, context) => {
      const [from, to] = await resolveRefs(context, [
        { ref: args.from, path: ['from'] },
        { ref: args.to, path: ['to'] },
      ]);
      return readPath(context, from!, to!, args.knownOn);
    },
  }),
);

builder.queryField('lineagePaths', (t) =>
  t.field({
    type: [LineagePathRef],
    description:
      'The shortest ways between two nodes, upstream, or downstream where there is none upstream; empty where there is none at all. The shortest first; of equally long ones, the one whose edges were recorded first, compared from the start. Each goes through other nodes; of several edges between two nodes, the one recorded first.',
    args: {
      from: t.arg({ type: 'NodeRef', required: true, description: 'Where to start.' }),
      to: t.arg({ type: 'NodeRef', required: true, description: 'Where to arrive.' }),
      first: t.arg.int({
        required: true,
        defaultValue: 3,
        description: `At most so many ways, from 1 to ${MOST_PATHS}.`,
      }),
      knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }),
    },
    resolve: async (_root, args, context) => {
      const [from, to] = await resolveRefs(context, [
        { ref: args.from, path: ['from'] },
        { ref: args.to, path: ['to'] },
      ]);
      return readPaths(context, from!, to!, args.first, args.knownOn);
    },
  }),
);
