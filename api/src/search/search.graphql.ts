import { ContentTagRef, DatasetRef } from '../dataset/dataset.refs.ts';
import { BehaviorRef, EvaluationRef } from '../evaluation/evaluation.refs.ts';
import { builder } from '../graphql/builder.ts';
import { connectionOf, forwardArguments } from '../graphql/connection.ts';
import { LineageNodeKindEnum } from '../graphql/enums.ts';
import {
  DatasetVersionRef,
  EvalRunRef,
  IncidentRef,
  LINEAGE_TYPE,
  ModelVersionRef,
  SourceRef,
  TrainingRunRef,
  TransformationRef,
} from '../lineage/lineage.refs.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import { ModelRef } from '../model/model.refs.ts';
import { present } from '../platform/shown.ts';
import { find, isNamed, type NamedKind, rowOf, type SearchResult } from './find.ts';

const TYPE: Readonly<Record<NamedKind, string>> = {
  DATASET: 'Dataset',
  MODEL: 'Model',
  EVALUATION: 'Evaluation',
  BEHAVIOR: 'Behavior',
  CONTENT_TAG: 'ContentTag',
};
// Rows of named things do not tell their type; the result that led to them does.
const typeOfHit = new WeakMap<object, string>();

const SearchHit = builder.unionType('SearchHit', {
  description: 'What a search can find.',
  types: [
    SourceRef,
    DatasetVersionRef,
    TransformationRef,
    TrainingRunRef,
    ModelVersionRef,
    EvalRunRef,
    IncidentRef,
    DatasetRef,
    ModelRef,
    EvaluationRef,
    BehaviorRef,
    ContentTagRef,
  ],
  resolveType: (row) => (typeOfHit.get(row) ?? LINEAGE_TYPE[(row as LineageNodeRow).kind]) as 'Source',
});

const SearchResultRef = builder.objectRef<SearchResult>('SearchResult').implement({
  description: 'Something that holds what was looked for.',
  fields: (t) => ({
    node: t.field({
      type: SearchHit,
      description: 'The thing itself.',
      resolve: async (result, _a, context) => {
        const row = present(await rowOf(context, result), 'thing found');
        if (isNamed(result.kind)) typeOfHit.set(row, TYPE[result.kind]);
        return row as LineageNodeRow;
      },
    }),
    kind: t.exposeString('kind', {
      description: 'A LineageNodeKind, or DATASET, MODEL, EVALUATION, BEHAVIOR or CONTENT_TAG.',
    }),
    label: t.exposeString('label', { description: 'How people call it.' }),
    ref: t.exposeString('ref', { nullable: true, description: 'Its reference, for a lineage node.' }),
    snippet: t.exposeString('snippet', {
      nullable: true,
      description: 'Its title, or the text around what was found.',
    }),
  }),
});

const SearchResultConnection = connectionOf('SearchResult', SearchResultRef);

builder.queryField('search', (t) =>
  t.field({
    type: SearchResultConnection,
    description: 'What holds every word: exact names first, then beginnings, then the rest.',
    args: {
      query: t.arg.string({
        required: true,
        description: 'Words, or a reference such as dataset:the-pile@1.0.',
      }),
      kinds: t.arg({ type: [LineageNodeKindEnum], description: 'Only lineage nodes of these kinds.' }),
      ...forwardArguments(t),
    },
    resolve: (_root, args, context) => find(context, args),
  }),
);
