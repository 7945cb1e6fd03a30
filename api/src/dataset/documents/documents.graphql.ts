import { builder } from '../../graphql/builder.ts';
import { connectionOf, forwardArguments } from '../../graphql/connection.ts';
import { ActorRef, DatasetVersionRef, TrainingRunRef } from '../../lineage/lineage.refs.ts';
import { actorById } from '../../lineage/read-actors.ts';
import { nodeById } from '../../lineage/read-nodes.ts';
import { present } from '../../platform/present.ts';
import { formatDigest } from './digest.ts';
import { type DocumentRow, MOST_COUNTED, type SightingRow } from './document.ts';
import {
  countOfDocuments,
  documentOf,
  documentsOf,
  documentsSeen,
  documentsWithDigest,
  handleOf,
  loadOf,
  MOST_SIGHTINGS,
  sightingsOf,
} from './read-documents.ts';

const DocumentHandleRef = builder.objectRef<DocumentRow>('DocumentHandle');
const DocumentSightingRef = builder.objectRef<SightingRow>('DocumentSighting');

const COUNTED = `totalCount goes no further than ${MOST_COUNTED.toLocaleString('en')}.`;
const DIGEST =
  'sha256: and its hexadecimal digits, which may stand alone; sha1, md5, sha512 and blake3 likewise.';

DocumentHandleRef.implement({
  description:
    'One document of a dataset version: its id there and the digest of its bytes. No text of it is kept. Seen by whoever sees the dataset version.',
  fields: (t) => ({
    datasetVersion: t.field({
      type: DatasetVersionRef,
      description: 'The dataset version that holds it.',
      resolve: async (row, _args, context) =>
        present(await context.load(nodeById, row.datasetVersionId), 'The dataset version'),
    }),
    documentId: t.exposeString('document', { description: 'Its id within the dataset version.' }),
    digest: t.string({
      description: 'The digest of its bytes: the algorithm, a colon, and hexadecimal digits.',
      resolve: (row) =>
        formatDigest({ algorithm: row.algorithm, head: row.digestHead, tail: row.digestTail }),
    }),
    sightings: t.field({
      type: [DocumentSightingRef],
      description: `Where training saw it, the first ${MOST_SIGHTINGS} by run and step.`,
      resolve: (row, _args, context) => sightingsOf(context, row),
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was recorded.',
      resolve: async (row, _args, context) => present(await loadOf(context, row), 'The load').recordedAt,
    }),
    recordedBy: t.field({
      type: ActorRef,
      description: 'Who recorded it.',
      resolve: async (row, _args, context) => {
        const load = present(await loadOf(context, row), 'The load');
        return present(await context.load(actorById, load.actorId), 'The actor');
      },
    }),
  }),
});

DocumentSightingRef.implement({
  description:
    'A training run saw a document of a dataset version at a step. Seen by whoever sees both the run and the version.',
  fields: (t) => ({
    trainingRun: t.field({
      type: TrainingRunRef,
      description: 'The training run.',
      resolve: async (row, _args, context) =>
        present(await context.load(nodeById, row.trainingRunId), 'The training run'),
    }),
    step: t.expose('step', { type: 'BigInt', description: 'The step, as the run counts them.' }),
    document: t.field({
      type: DocumentHandleRef,
      nullable: true,
      description: 'The document.',
      resolve: (row, _args, context) => handleOf(context, row),
    }),
  }),
});

const DocumentHandleConnection = connectionOf('DocumentHandle', DocumentHandleRef);
const DocumentSightingConnection = connectionOf('DocumentSighting', DocumentSightingRef);

builder.objectFields(DatasetVersionRef, (t) => ({
  documentHandles: t.field({
    type: DocumentHandleConnection,
    description: `The documents that it holds, as far as handles are recorded, by id. ${COUNTED}`,
    args: {
      idPrefix: t.arg.string({ description: 'Only those whose id begins so.' }),
      digest: t.arg.string({ description: `Only those with this digest: ${DIGEST}` }),
      ...forwardArguments(t),
    },
    resolve: (version, { idPrefix, digest, ...args }, context) =>
      documentsOf(context, version.id, { idPrefix: idPrefix ?? null, digest: digest ?? null }, args),
  }),
  documentHandle: t.field({
    type: DocumentHandleRef,
    nullable: true,
    description: 'The document with this id; null where no handle of it is recorded.',
    args: { id: t.arg.string({ required: true, description: 'Its id within the dataset version.' }) },
    resolve: (version, { id }, context) => documentOf(context, version.id, id),
  }),
  documentHandleCount: t.field({
    type: 'BigInt',
    description: 'How many document handles are recorded of it, all counted.',
    resolve: (version, _args, context) => countOfDocuments(context, version.id),
  }),
}));

builder.objectField(TrainingRunRef, 'documentsSeen', (t) =>
  t.field({
    type: DocumentSightingConnection,
    description: `Which documents it saw, in the order in which it did, as far as that is recorded. ${COUNTED}`,
    args: {
      fromStep: t.arg({ type: 'BigInt', description: 'From this step on, it included.' }),
      toStep: t.arg({ type: 'BigInt', description: 'Up to this step, it included.' }),
      ...forwardArguments(t),
    },
    resolve: (run, { fromStep, toStep, ...args }, context) =>
      documentsSeen(context, run.id, { fromStep: fromStep ?? null, toStep: toStep ?? null }, args),
  }),
);

builder.queryField('documentHandles', (t) =>
  t.field({
    type: DocumentHandleConnection,
    description: `Every document with this digest, in all dataset versions that the viewer may see. ${COUNTED}`,
    args: {
      digest: t.arg.string({ required: true, description: `The digest of a document's bytes: ${DIGEST}` }),
      ...forwardArguments(t),
    },
    resolve: (_root, { digest, ...args }, context) => documentsWithDigest(context, digest, args),
  }),
);
