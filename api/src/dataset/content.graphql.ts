import { builder } from '../graphql/builder.ts';
import { AmountUnitEnum, ContentMeasurementMethodEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import {
  CitationRef,
  cited,
  DatasetVersionRef,
  ExposureShareRef,
  MixtureDiffRowRef,
} from '../lineage/lineage.refs.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { present } from '../platform/present.ts';
import { ContentMeasurementRef, ContentTagRef } from './dataset.refs.ts';
import { contentMeasurementById, contentTagById, measurementsOfTag, tagsLike } from './read-datasets.ts';

ContentTagRef.implement({
  description: 'A kind of content, named from the general to the special, such as fiction/dystopian-ai.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    truncations: truncationsOf(t),
    id: t.id(idOf('ContentTag')),
    name: t.exposeString('name', { description: 'Its name.' }),
    description: t.exposeString('description', { nullable: true, description: 'What falls under it.' }),
    measurements: t.field({
      type: [ContentMeasurementRef],
      description: 'Where it was measured, the newest first.',
      args: {
        knownOn: t.arg({ type: 'DateTime', description: 'As known on this moment; now where left out.' }),
      },
      resolve: async (tag, args, context) =>
        measurementsOfTag(context, tag.id, await context.knownOn(args.knownOn)),
    }),
  }),
});

ContentMeasurementRef.implement({
  description: 'How much of a dataset version carries a content tag.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id(idOf('ContentMeasurement')),
    datasetVersion: t.field({
      type: DatasetVersionRef,
      description: 'Of what.',
      resolve: async (row, _args, context) =>
        present(await context.load(nodeById, row.datasetVersionId), 'The dataset version'),
    }),
    tag: t.field({
      type: ContentTagRef,
      description: 'Which content.',
      resolve: async (row, _args, context) =>
        present(await context.load(contentTagById, row.contentTagId), 'The content tag'),
    }),
    fraction: t.exposeFloat('fraction', { description: 'How much, from 0 to 1.' }),
    lower: t.exposeFloat('lower', { nullable: true, description: 'The lower bound of its interval.' }),
    upper: t.exposeFloat('upper', { nullable: true, description: 'The upper bound of its interval.' }),
    level: t.exposeFloat('level', {
      nullable: true,
      description: 'The level of the interval, such as 0.95.',
    }),
    unit: t.expose('unit', { type: AmountUnitEnum, description: 'What it is a fraction of.' }),
    method: t.expose('method', { type: ContentMeasurementMethodEnum, description: 'How it was measured.' }),
    methodVersion: t.exposeString('methodVersion', {
      nullable: true,
      description: 'By which version of the method.',
    }),
    sampleSize: t.exposeInt('sampleSize', { nullable: true, description: 'How many were looked at.' }),
    measuredAt: t.expose('measuredAt', { type: 'DateTime', nullable: true, description: 'When.' }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where it comes from.',
      ...cited,
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When Headwater learnt it.' }),
  }),
});

builder.objectField(ExposureShareRef, 'contentTag', (t) =>
  t.field({
    type: ContentTagRef,
    nullable: true,
    description: 'The content tag, where it is one.',
    resolve: (share, _args, context) =>
      share.groupKind === 'CONTENT_TAG' ? context.load(contentTagById, share.group) : null,
  }),
);

builder.objectField(MixtureDiffRowRef, 'contentTag', (t) =>
  t.field({
    type: ContentTagRef,
    nullable: true,
    description: 'The content tag, where it is one.',
    resolve: (row, _args, context) =>
      row.groupKind === 'CONTENT_TAG' && row.group !== null ? context.load(contentTagById, row.group) : null,
  }),
);

builder.queryField('contentTags', (t) =>
  t.field({
    type: [ContentTagRef],
    description: 'Content tags by name, at most 1,000.',
    args: {
      search: t.arg.string({ description: 'Only those whose name or description holds this.' }),
      first: t.arg.int({ description: 'At most so many: 100 where left out.' }),
    },
    resolve: (_root, args, context) => tagsLike(context, args.search ?? null, args.first ?? 100),
  }),
);

registerNode('ContentTag', contentTagById);
registerNode('ContentMeasurement', contentMeasurementById);
