import { builder } from '../graphql/builder.ts';
import { ImportStatusEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { decodeId, idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { ActorRef, EvalRunRef } from '../lineage/lineage.refs.ts';
import { actorById } from '../lineage/read-actors.ts';
import {
  ImportFieldRef,
  ImportLossRef,
  ImportProgressRef,
  ImportRef,
  RuleToProposeRef,
} from './interchange.refs.ts';
import {
  errorOfImport,
  evalRunOfImport,
  evalRunsOfImport,
  importById,
  importOfEvalRun,
  progressOfImport,
  reportOfImport,
} from './read-imports.ts';
import { readsAgainstRecord } from './told-report.ts';
import { UNKNOWN_FIELD } from './unknown-field.ts';

registerNode('Import', importById);

ImportFieldRef.implement({
  description: 'A field of a file that was kept.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'The field, as the file calls it.' }),
    how: t.exposeString('how', { description: 'As what it was kept.' }),
    derived: t.boolean({
      description:
        'Whether what is kept was worked out from the field, such as a measurement from verdicts by a rule, and is not the field itself. Imports by an earlier version do not tell.',
      resolve: ({ derived }) => derived === true,
    }),
  }),
});

ImportLossRef.implement({
  description: 'A field of a file that was left out.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'The field, as the file calls it.' }),
    count: t.exposeInt('count', {
      nullable: true,
      description: 'How many values were left out; null where they were not counted.',
    }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    understood: t.boolean({
      description: 'Whether the reader knew the field, and left it out all the same; false where it did not.',
      resolve: ({ reason }) => reason !== UNKNOWN_FIELD,
    }),
  }),
});

const SeenValue = builder.objectRef<{ value: string; count: number }>('SeenValue').implement({
  description: 'A value that a scorer gave.',
  fields: (t) => ({
    value: t.exposeString('value', { description: 'The value, as JSON.' }),
    count: t.exposeInt('count', { description: 'How many samples have it.' }),
  }),
});

RuleToProposeRef.implement({
  description: 'A scorer whose values no rule read: what a rule could be proposed for.',
  fields: (t) => ({
    evaluation: t.exposeString('evaluation', { description: 'The evaluation, without its package.' }),
    scorer: t.exposeString('scorer', { description: 'The scorer, without its package.' }),
    key: t.exposeString('key', {
      nullable: true,
      description: 'Which of several values; null where the scorer gives one.',
    }),
    values: t.field({
      type: [SeenValue],
      description: 'The values that it gave most often, up to eight.',
      resolve: ({ values }) => values,
    }),
  }),
});

ImportProgressRef.implement({
  description: 'How far a file of many lines or eval runs has come: as of the last batch that was taken.',
  fields: (t) => ({
    bytesRead: t.field({
      type: 'BigInt',
      description: 'Bytes of the file that were read, of its whole size.',
      resolve: ({ next }) => BigInt(next.offset),
    }),
    lines: t.exposeInt('lines', {
      description:
        'Lines that were read, empty ones left out; of a file that tells of many eval runs, those runs.',
    }),
    added: t.exposeInt('added', { description: 'Of them, those that were new and are recorded.' }),
    held: t.exposeInt('held', { description: 'Of them, those that say what is recorded already.' }),
    refused: t.exposeInt('refused', {
      description: 'Of them, those that were refused; the import says why.',
    }),
  }),
});

ImportRef.implement({
  description:
    'One file that was brought in, with what was kept of it, what was left out and why. Nothing is told of its fields, nor how far it has come, where the file tells of something that the viewer may not see.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    truncations: truncationsOf(t),
    id: t.id(idOf('Import')),
    format: t.exposeString('format', {
      description:
        'The format that its bytes showed: inspect-json, inspect-eval, lm-eval-results, lm-eval-samples, agentic-misalignment, every-eval-ever, every-eval-ever-samples, promptfoo, openai-evals, avid-json, avid-jsonl, aiid-json, aiid-jsonl, aiid-csv, lineage-jsonl, lineage-csv, documents-jsonl, documents-csv, or unknown.',
    }),
    fileName: t.exposeString('fileName', { description: 'What the sender called the file.' }),
    digest: t.exposeString('digest', { description: 'SHA-256 of its bytes, in hexadecimal.' }),
    bytes: t.expose('bytes', { type: 'BigInt', description: 'Its size.' }),
    status: t.expose('status', { type: ImportStatusEnum, description: 'Where the import stands.' }),
    error: t.string({
      nullable: true,
      description:
        'Why it failed; null where it did not. What rests on what is recorded is told in full to whoever sent the file, auditors and administrators.',
      resolve: (row, _args, context) => errorOfImport(context, row),
    }),
    progress: t.field({
      type: ImportProgressRef,
      nullable: true,
      description:
        'How far it has come; null for a file that is taken at once, and where it tells of something that the viewer may not see.',
      resolve: (row, _args, context) => progressOfImport(context, row),
    }),
    evalRun: t.field({
      type: EvalRunRef,
      nullable: true,
      description:
        'The eval run made of it, or found recorded already; the first of several; null where it failed.',
      resolve: (row, _args, context) => evalRunOfImport(context, row),
    }),
    evalRuns: t.field({
      type: [EvalRunRef],
      description:
        'All eval runs made of it, or found recorded already, in the order of the file: the first 1,000, and `truncations` says of how many.',
      resolve: (row, _args, context) => evalRunsOfImport(context, row),
    }),
    kept: t.field({
      type: [ImportFieldRef],
      description: 'The fields that were kept, and as what.',
      resolve: async (row, _args, context) => (await reportOfImport(context, row)).kept,
    }),
    leftOut: t.field({
      type: [ImportLossRef],
      description: 'The fields, or the lines of a file of many, that were left out, and why.',
      resolve: async (row, _args, context) => (await reportOfImport(context, row)).leftOut,
    }),
    warnings: t.stringList({
      description: 'What a reader must know before relying on the numbers.',
      resolve: async (row, _args, context) => (await reportOfImport(context, row)).warnings,
    }),
    isToldInFull: t.boolean({
      description:
        'Whether what it came to against what is recorded is among `leftOut` and `warnings`: for whoever sent the file, auditors and administrators. To others nothing tells whether there is any.',
      resolve: (row, _args, { viewer }) => readsAgainstRecord(viewer, row.actorId),
    }),
    rulesToPropose: t.field({
      type: [RuleToProposeRef],
      description:
        'The first 20 of the scorers whose values no rule read: they are scores alone, and a rule could be proposed.',
      resolve: async (row, _args, context) => (await reportOfImport(context, row)).toPropose ?? [],
    }),
    alreadyImported: t.boolean({
      description: 'Whether another file had brought in the same run already, so that this one made nothing.',
      resolve: async (row, _args, context) => (await reportOfImport(context, row)).recordedBefore !== null,
    }),
    importedBy: t.field({
      type: ActorRef,
      description: 'Who brought it in.',
      resolve: async (row, _args, context) => (await context.load(actorById, row.actorId))!,
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was brought in.' }),
  }),
});

builder.objectField(EvalRunRef, 'import', (t) =>
  t.field({
    type: ImportRef,
    nullable: true,
    description: 'The file that it was read from; null where it was recorded otherwise.',
    resolve: (run, _args, context) => context.load(importOfEvalRun, run.id),
  }),
);

builder.queryField('import', (t) =>
  t.field({
    type: ImportRef,
    nullable: true,
    description: 'An import; null where there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'Its global id.' }) },
    resolve: (_root, { id }, context) =>
      context.load(importById, decodeId(context, id, ['Import'], ['id']).id),
  }),
);
