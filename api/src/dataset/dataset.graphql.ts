import { builder } from '../graphql/builder.ts';
import { pageArguments } from '../graphql/connection.ts';
import { TransformationEffectEnum } from '../graphql/enums.ts';
import { idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import {
  CitationRef,
  CompositionRef,
  cited,
  DatasetVersionRef,
  LineageNodeRef,
  ModelVersionRef,
  SourceRef,
  TransformationRef,
} from '../lineage/lineage.refs.ts';
import { DatasetVersionConnection, SourceConnection } from '../lineage/lineage-connections.refs.ts';
import { claimOf, compositionsOf, countOf, neighbourNodes, textOf } from '../lineage/read-assertions.ts';
import { ContentMeasurementRef, DatasetConnection, DatasetRef } from './dataset.refs.ts';
import {
  contentMeasurementsOf,
  datasetById,
  datasetByName,
  datasetOf,
  pageOfDatasets,
  pageOfDatasetVersions,
  pageOfSources,
  sourceFactsOf,
  transformationFactsOf,
} from './read-datasets.ts';

const KNOWN_ON = 'As known on this moment; now where left out.';
const CLAIMED = "As claimed: the owning team's newest claim, else anybody's; `claims` has all.";

SourceRef.implement({
  description: 'Where data first came from: a crawl, a publisher, a corpus, a person.',
  interfaces: [NodeInterface, LineageNodeRef],
  fields: (t) => ({
    name: t.string({ description: 'Its name.', resolve: (source) => source.name ?? '' }),
    title: t.string({
      nullable: true,
      description: 'Its title.',
      resolve: async (source, _args, context) =>
        (await textOf(context, source, 'TITLE')) ?? (await sourceFactsOf(context, source)).title,
    }),
    description: t.string({
      nullable: true,
      description: 'What it is.',
      resolve: async (source, _args, context) =>
        (await textOf(context, source, 'DESCRIPTION')) ?? (await sourceFactsOf(context, source)).description,
    }),
    url: t.string({
      nullable: true,
      description: 'Where to find it.',
      resolve: async (source, _args, context) =>
        (await textOf(context, source, 'URL')) ?? (await sourceFactsOf(context, source)).url,
    }),
    license: t.string({
      nullable: true,
      description: `Its licence. ${CLAIMED}`,
      resolve: (source, _args, context) => textOf(context, source, 'LICENSE'),
    }),
  }),
});

DatasetRef.implement({
  description: 'What dataset versions are versions of.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id(idOf('Dataset')),
    name: t.string({
      description: "Its name, with the team's namespace where it has one.",
      resolve: ({ namespace, name }) => (namespace === '' ? name : `${namespace}/${name}`),
    }),
    title: t.exposeString('title', { nullable: true, description: 'Its title.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is.' }),
    versions: t.field({
      type: DatasetVersionConnection,
      description: 'Its versions, the newest first.',
      args: pageArguments(t),
      resolve: (dataset, args, context) => pageOfDatasetVersions(context, dataset.id, args),
    }),
    latestVersion: t.field({
      type: DatasetVersionRef,
      nullable: true,
      description: 'The version recorded last.',
      resolve: async (dataset, _args, context) =>
        (await pageOfDatasetVersions(context, dataset.id, { first: 1 })).nodes[0] ?? null,
    }),
  }),
});

DatasetVersionRef.implement({
  description: 'One version of a dataset. Its name and digest never change; all else is claimed.',
  interfaces: [NodeInterface, LineageNodeRef],
  fields: (t) => ({
    dataset: t.field({
      type: DatasetRef,
      description: 'What it is a version of.',
      resolve: (version, _args, context) => datasetOf(context, version),
    }),
    version: t.string({ description: 'Its version.', resolve: (version) => version.version ?? '' }),
    digest: t.exposeString('digest', { nullable: true, description: 'A digest of its content.' }),
    documents: t.field({
      type: 'BigInt',
      nullable: true,
      description: `How many documents. ${CLAIMED}`,
      resolve: (version, _args, context) => countOf(context, version, 'DOCUMENTS'),
    }),
    rows: t.field({
      type: 'BigInt',
      nullable: true,
      description: `How many rows. ${CLAIMED}`,
      resolve: (version, _args, context) => countOf(context, version, 'ROWS'),
    }),
    bytes: t.field({
      type: 'BigInt',
      nullable: true,
      description: `How many bytes. ${CLAIMED}`,
      resolve: (version, _args, context) => countOf(context, version, 'BYTES'),
    }),
    tokens: t.field({
      type: 'BigInt',
      nullable: true,
      description: `How many tokens. ${CLAIMED}`,
      resolve: (version, _args, context) => countOf(context, version, 'TOKENS'),
    }),
    license: t.string({
      nullable: true,
      description: `Its licence. ${CLAIMED}`,
      resolve: (version, _args, context) => textOf(context, version, 'LICENSE'),
    }),
    releasedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: `When it was released. ${CLAIMED}`,
      resolve: async (version, _args, context) =>
        (await claimOf(context, version, 'RELEASED_AT'))?.valueTime ?? null,
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where it is described.',
      ...cited,
    }),
    compositions: t.field({
      type: [CompositionRef],
      description: 'What it was made of, as each party states it, where no transformation is recorded.',
      args: { knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }) },
      resolve: async (version, args, context) => {
        const knownOn = await context.knownOn(args.knownOn);
        return (await compositionsOf(context, version.id, knownOn)).map((row) => ({ ...row, knownOn }));
      },
    }),
    transformation: t.field({
      type: TransformationRef,
      nullable: true,
      description: 'What made it.',
      resolve: async (version, _args, context) =>
        (await neighbourNodes(context, version.id, 'UPSTREAM', 'GENERATED_BY'))[0] ?? null,
    }),
    synthesizedBy: t.field({
      type: [ModelVersionRef],
      description: 'Model versions that wrote its text.',
      resolve: (version, _args, context) => neighbourNodes(context, version.id, 'UPSTREAM', 'SYNTHESIZED_BY'),
    }),
    revises: t.field({
      type: DatasetVersionRef,
      nullable: true,
      description: 'The earlier version that it replaces.',
      resolve: async (version, _args, context) =>
        (await neighbourNodes(context, version.id, 'UPSTREAM', 'REVISES'))[0] ?? null,
    }),
    contentMeasurements: t.field({
      type: [ContentMeasurementRef],
      description: 'How much of it carries which content, the newest measurement first.',
      args: { knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }) },
      resolve: async (version, args, context) =>
        contentMeasurementsOf(context, version.id, await context.knownOn(args.knownOn)),
    }),
  }),
});

TransformationRef.implement({
  description: 'What made dataset versions of others.',
  interfaces: [NodeInterface, LineageNodeRef],
  fields: (t) => ({
    name: t.string({ description: 'Its name.', resolve: (node) => node.name ?? '' }),
    effect: t.field({
      type: TransformationEffectEnum,
      description: 'What it does to proportions.',
      resolve: async (node, _args, context) => (await transformationFactsOf(context, node)).effect,
    }),
    code: t.string({
      nullable: true,
      description: 'Where its code is.',
      resolve: async (node, _args, context) => (await transformationFactsOf(context, node)).code,
    }),
    config: t.field({
      type: 'JSON',
      nullable: true,
      description: 'How it was configured.',
      resolve: async (node, _args, context) => (await transformationFactsOf(context, node)).config,
    }),
    occurredAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ran.',
      resolve: async (node, _args, context) => (await transformationFactsOf(context, node)).occurredAt,
    }),
    compositions: t.field({
      type: [CompositionRef],
      description: 'What it read, as each party states it.',
      args: { knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }) },
      resolve: async (node, args, context) => {
        const knownOn = await context.knownOn(args.knownOn);
        return (await compositionsOf(context, node.id, knownOn)).map((row) => ({ ...row, knownOn }));
      },
    }),
    outputs: t.field({
      type: [DatasetVersionRef],
      description: 'What it made.',
      resolve: (node, _args, context) => neighbourNodes(context, node.id, 'DOWNSTREAM', 'GENERATED_BY'),
    }),
  }),
});

const SEARCH = 'Only those whose name or title holds this.';

builder.queryFields((t) => ({
  dataset: t.field({
    type: DatasetRef,
    nullable: true,
    description: 'The dataset of this name; null where there is none that the viewer may see.',
    args: { name: t.arg.string({ required: true, description: 'Its name, or namespace/name.' }) },
    resolve: (_root, { name }, context) => datasetByName(context, name),
  }),
  datasets: t.field({
    type: DatasetConnection,
    description: 'Datasets by name.',
    args: { search: t.arg.string({ description: SEARCH }), ...pageArguments(t) },
    resolve: (_root, { search, ...args }, context) => pageOfDatasets(context, search ?? null, args),
  }),
  sources: t.field({
    type: SourceConnection,
    description: 'Sources by name.',
    args: { search: t.arg.string({ description: SEARCH }), ...pageArguments(t) },
    resolve: (_root, { search, ...args }, context) => pageOfSources(context, search ?? null, args),
  }),
}));

registerNode('Dataset', datasetById);
