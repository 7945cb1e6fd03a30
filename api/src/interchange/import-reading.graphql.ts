import { builder } from '../graphql/builder.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { ActorRef } from '../lineage/lineage.refs.ts';
import { actorById } from '../lineage/read-actors.ts';
import { present, shown } from '../platform/shown.ts';
import { ImportFieldRef, ImportLossRef, ImportRef } from './interchange.refs.ts';
import {
  importById,
  type ReadingChange,
  type ReadingRow,
  type RereadingRow,
  readingById,
  readingsOfImport,
  rereadingOfImport,
} from './read-imports.ts';
import { goOnIfBegun, readAgain, rereadImport } from './reread-import.ts';

registerNode('ImportReading', readingById);

const ChangeRef = builder.objectRef<ReadingChange>('ImportReadingChange').implement({
  description: 'One thing that a new reading of a file says otherwise than the one before it.',
  fields: (t) => ({
    run: t.exposeString('run', {
      nullable: true,
      description: 'The reference of the eval run that it is about; null for the file as a whole.',
    }),
    subject: t.exposeString('subject', { description: 'What is said otherwise.' }),
    before: t.exposeString('before', {
      nullable: true,
      description: 'As it was read before; null: not at all.',
    }),
    after: t.exposeString('after', { nullable: true, description: 'As it is read now; null: not any more.' }),
  }),
});

const ReadingRef = builder.objectRef<ReadingRow>('ImportReading').implement({
  interfaces: [NodeInterface],
  description: 'That the kept file of an import was read again, and what came of it.',
  fields: (t) => ({
    id: t.id(idOf('ImportReading')),
    same: t.exposeBoolean('same', {
      description: 'Whether it says what it said before; else the new reading stands beside the old one.',
    }),
    changes: t.field({
      type: [ChangeRef],
      description:
        'What it says otherwise, as far as the viewer sees what that names; empty where nothing. At most 1,000: where there are further ones, the last says so.',
      resolve: (row) => row.changes,
    }),
    kept: t.field({
      type: [ImportFieldRef],
      description: 'The fields that were kept, and as what.',
      resolve: (row) => row.report.kept,
    }),
    leftOut: t.field({
      type: [ImportLossRef],
      description: 'The fields that were left out, and why.',
      resolve: (row) => row.report.leftOut,
    }),
    warnings: t.stringList({
      description: 'What a reader must know before relying on the numbers.',
      resolve: (row) => row.report.warnings,
    }),
    by: t.field({
      type: ActorRef,
      description: 'Who had it read.',
      resolve: async (row, _a, context) => present(await context.load(actorById, row.actorId), 'reader'),
    }),
    at: t.expose('recordedAt', { type: 'DateTime', description: 'When.' }),
  }),
});

builder.objectField(ImportRef, 'readings', (t) =>
  t.field({
    type: [ReadingRef],
    description: 'How its file was read again after it was brought in, the first first.',
    resolve: (row, _args, context) => context.load(readingsOfImport, row.id),
  }),
);

const RereadingRef = builder.objectRef<RereadingRow>('ImportRereading').implement({
  description:
    'That the kept file of an import, which tells of many eval runs, is being read again. What it says is told when all of it is read.',
  fields: (t) => ({
    runs: t.exposeInt('runs', { description: 'The eval runs that the file tells of.' }),
    read: t.exposeInt('read', {
      description: 'Of them, those that were gone through since it was last asked for.',
    }),
    made: t.exposeInt('made', {
      description: 'Of them, those that say something else than before and are recorded beside what was.',
    }),
    error: t.exposeString('error', {
      nullable: true,
      description:
        'Why it was broken off; rereadImport goes on with it. Null where it goes on, or where the server was stopped.',
    }),
    by: t.field({
      type: ActorRef,
      description: 'Who last asked for it.',
      resolve: async (row, _a, context) => present(await context.load(actorById, row.actorId), 'reader'),
    }),
    since: t.expose('recordedAt', { type: 'DateTime', description: 'When it was begun.' }),
  }),
});

builder.objectField(ImportRef, 'rereading', (t) =>
  t.field({
    type: RereadingRef,
    nullable: true,
    description: 'How far its file has come that is being read again run by run; null where it is not.',
    resolve: (row, _args, context) => context.load(rereadingOfImport, row.id),
  }),
);

const RereadImportInput = builder.inputType('RereadImportInput', {
  description: 'An import whose kept file is to be read again.',
  fields: (t) => ({
    import: t.id({ required: true, description: 'The id of the import.' }),
    idempotencyKey: t.string({ description: 'The same key and body within 24 hours give the same answer.' }),
  }),
});

defineMutation({
  name: 'rereadImport',
  description:
    'Reads the kept file of an import again, with the reader of today. Where it says something else than before, that is recorded beside what was, with what changed; where it says the same, it is said so. A file of more than 100 eval runs is read on after the answer, which has no reading then: `rereading` of the import tells how far that is, and what was broken off is gone on with when it is asked for again.',
  input: RereadImportInput,
  prepare: readAgain,
  run: rereadImport,
  afterwards: goOnIfBegun,
  success: (t) => ({
    import: t.field({
      type: ImportRef,
      description: 'The import.',
      resolve: async (made, _a, context) => shown(await context.load(importById, made.importId)),
    }),
    reading: t.field({
      type: ReadingRef,
      nullable: true,
      description: 'The reading; null while the file is read on, which `rereading` of the import tells of.',
      resolve: async (made, _a, context) =>
        made.readingId === null ? null : shown(await context.load(readingById, made.readingId)),
    }),
  }),
});
