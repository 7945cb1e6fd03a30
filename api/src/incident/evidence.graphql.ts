import { builder } from '../graphql/builder.ts';
import { VisibilityEnum } from '../graphql/enums.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { ActorRef } from '../lineage/lineage.refs.ts';
import { actorById } from '../lineage/read-actors.ts';
import { present, shown } from '../platform/shown.ts';
import { mayReadReveals } from './evidence.access.ts';
import { downloadName } from './evidence.ts';
import { EvidenceRef } from './incident.refs.ts';
import {
  evidenceById,
  type RevealRow,
  revealById,
  revealedText,
  revealsOfEvidence,
} from './read-evidence.ts';
import { revealEvidence } from './reveal-evidence.ts';

registerNode('EvidenceReveal', revealById);

const EvidenceRevealRef = builder.objectRef<RevealRow>('EvidenceReveal').implement({
  interfaces: [NodeInterface],
  description: 'That somebody opened restricted evidence, and why.',
  fields: (t) => ({
    id: t.id(idOf('EvidenceReveal')),
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

builder.objectFields(EvidenceRef, (t) => ({
  restricted: t.exposeBoolean('restricted', {
    description:
      'Whether it is read only with a reason, by revealEvidence: hazardous, or for named people alone.',
  }),
  fileName: t.string({
    description: 'What a download of it is called.',
    resolve: (row) => downloadName(row),
  }),
  visibility: t.expose('visibility', {
    type: VisibilityEnum,
    description: 'Who may see it, among those who may see the incident.',
  }),
  reveals: t.field({
    type: [EvidenceRevealRef],
    nullable: true,
    description:
      'Who opened it and why, the latest first; null for all but auditors, administrators and the team of the incident.',
    resolve: (row, _a, context) =>
      mayReadReveals(context.viewer, { teamId: row.incidentTeamId })
        ? context.load(revealsOfEvidence, row.id)
        : null,
  }),
}));

const RevealEvidenceInput = builder.inputType('RevealEvidenceInput', {
  description: 'Restricted evidence to be read, and why.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The id of the evidence.' }),
    reason: t.string({
      required: true,
      description: 'Why it must be read, in 10 to 2,000 characters. It is recorded, with who gave it.',
    }),
    idempotencyKey: t.string({ description: 'The same key and body within 24 hours give the same answer.' }),
  }),
});

defineMutation({
  name: 'revealEvidence',
  description:
    'Opens restricted evidence to whoever gives a reason. The reason is recorded before anything of it is read.',
  input: RevealEvidenceInput,
  run: revealEvidence,
  success: (t) => ({
    evidence: t.field({
      type: EvidenceRef,
      description: 'The evidence.',
      resolve: async (made, _a, context) => shown(await context.load(evidenceById, made.evidenceId)),
    }),
    text: t.string({
      nullable: true,
      description: 'Its text; null where it is no text, is longer than 1 MiB, or the reveal has run out.',
      resolve: (made, _a, context) => revealedText(context, made),
    }),
    ticket: t.id({
      description: 'For GET /evidence/{id}?reveal=…, good for the same person alone until it runs out.',
      resolve: (made, _a, context) => context.ids.encode('EvidenceReveal', made.revealId),
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When it runs out.',
      resolve: async (made, _a, context) => shown(await context.load(revealById, made.revealId)).expiresAt,
    }),
  }),
});
