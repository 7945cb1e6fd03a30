import { builder } from '../graphql/builder.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { ActorRef } from '../lineage/lineage.refs.ts';
import { actorById } from '../lineage/read-actors.ts';
import { present, shown } from '../platform/shown.ts';
import { ImportFileRef, ImportRef, ImportRevealRef } from './interchange.refs.ts';
import { mayReadImportReveals } from './kept-file.access.ts';
import { importById } from './read-imports.ts';
import { importRevealById, keptFileOfImport, revealsOfImport } from './read-kept-files.ts';
import { revealImport } from './reveal-import.ts';

registerNode('ImportReveal', importRevealById);

ImportRevealRef.implement({
  interfaces: [NodeInterface],
  description: 'That somebody opened the restricted file of an import, or a transcript in it, and why.',
  fields: (t) => ({
    id: t.id(idOf('ImportReveal')),
    reason: t.exposeString('reason', { description: 'The reason that they gave.' }),
    by: t.field({
      type: ActorRef,
      description: 'Who it was.',
      resolve: async (row, _a, context) => present(await context.load(actorById, row.actorId), 'reader'),
    }),
    at: t.expose('recordedAt', { type: 'DateTime', description: 'When it was recorded.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it was open to them.' }),
  }),
});

ImportFileRef.implement({
  description: 'The file that an import was made of, as it was sent: kept sealed.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    fileName: t.exposeString('fileName', { description: 'What a download of it is called.' }),
    bytes: t.expose('bytes', { type: 'BigInt', description: 'Its size.' }),
    digest: t.exposeString('digest', { description: 'The SHA-256 of its bytes, in hexadecimal.' }),
    restricted: t.exposeBoolean('restricted', {
      description:
        'Whether it is read only with a reason, by revealImport: it, or an eval run in it, is for named people alone.',
    }),
    path: t.string({
      description:
        'Where the API server gives it out, as an attachment; with `?reveal=` where it is restricted.',
      resolve: (row, _a, context) => `/import/${context.ids.encode('Import', row.id)}/file`,
    }),
    reveals: t.field({
      type: [ImportRevealRef],
      nullable: true,
      description:
        'Who opened it and why, the latest first; null for all but auditors, administrators and the team that sent it.',
      resolve: (row, _a, context) =>
        mayReadImportReveals(context.viewer, row) ? context.load(revealsOfImport, row.id) : null,
    }),
  }),
});

builder.objectField(ImportRef, 'file', (t) =>
  t.field({
    type: ImportFileRef,
    nullable: true,
    description:
      'The file itself, where it is kept and tells of nothing that the viewer may not see; null for files of lines, for those that failed, and for those imported while none were kept.',
    resolve: (row, _args, context) => context.load(keptFileOfImport, row.id),
  }),
);

const RevealImportInput = builder.inputType('RevealImportInput', {
  description: 'A restricted file to be read, or a transcript in it, and why.',
  fields: (t) => ({
    import: t.id({ required: true, description: 'The id of the import.' }),
    reason: t.string({
      required: true,
      description: 'Why it must be read, in 10 to 2,000 characters. It is recorded, with who gave it.',
    }),
    idempotencyKey: t.string({ description: 'The same key and body within 24 hours give the same answer.' }),
  }),
});

defineMutation({
  name: 'revealImport',
  description:
    'Opens the restricted file of an import, and the transcripts in it, to whoever gives a reason. The reason is recorded before anything of it is read.',
  input: RevealImportInput,
  run: revealImport,
  success: (t) => ({
    import: t.field({
      type: ImportRef,
      description: 'The import.',
      resolve: async (made, _a, context) => shown(await context.load(importById, made.importId)),
    }),
    ticket: t.id({
      description:
        'For GET /import/{id}/file?reveal=… and EvalSample.transcript(reveal:), good for the same person alone until it runs out.',
      resolve: (made, _a, context) => context.ids.encode('ImportReveal', made.revealId),
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When it runs out.',
      resolve: async (made, _a, context) =>
        shown(await context.load(importRevealById, made.revealId)).expiresAt,
    }),
  }),
});
