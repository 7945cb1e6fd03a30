import { ContentTagRef } from '../dataset/dataset.refs.ts';
import { contentTagById } from '../dataset/read-datasets.ts';
import { builder } from '../graphql/builder.ts';
import { SuspectRef } from './incident.refs.ts';

builder.objectField(SuspectRef, 'contentTag', (t) =>
  t.field({
    type: ContentTagRef,
    nullable: true,
    description: 'The content tag, where that is suspected.',
    resolve: (row, _args, context) =>
      row.contentTagId === null ? null : context.load(contentTagById, row.contentTagId),
  }),
);
