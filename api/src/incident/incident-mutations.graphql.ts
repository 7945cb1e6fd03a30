import type { Change } from '../access/change.ts';
import { builder } from '../graphql/builder.ts';
import {
  EvidenceKindEnum,
  IncidentSettingEnum,
  IncidentStatusEnum,
  SensitivityEnum,
  SeverityEnum,
  VisibilityEnum,
} from '../graphql/enums.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { IncidentRef } from '../lineage/lineage.refs.ts';
import { CitationInputRef } from '../lineage/lineage-inputs.refs.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { takeBackUnrecorded } from '../platform/sealed-objects.ts';
import { shown } from '../platform/shown.ts';
import { addEvidence, putText } from './add-evidence.ts';
import { changeIncidentStatus } from './change-incident-status.ts';
import { type FileIncidentInput as FilingInput, fileIncident } from './file-incident.ts';
import { fileTogether } from './file-together.ts';
import { EvidenceRef } from './incident.refs.ts';
import { linkIncident } from './link-incident.ts';
import { evidenceById } from './read-evidence.ts';
import { updateIncident } from './update-incident.ts';

const KEY = 'The same key and body within 24 hours give the same answer.';

const ReportInput = builder.inputType('ReportInput', {
  description: 'What the press or a publication wrote.',
  fields: (t) => ({
    title: t.string({ required: true, description: 'Its title.' }),
    publisher: t.string({ description: 'Who published it.' }),
    url: t.string({ description: 'Where to read it: http or https.' }),
    author: t.string({ description: 'Who wrote it.' }),
    publishedAt: t.field({ type: 'DateTime', description: 'When it was published.' }),
    language: t.string({ description: 'In which language.' }),
  }),
});

const RelatedIncidentInput = builder.inputType('RelatedIncidentInput', {
  description: 'Another incident that this one has to do with.',
  fields: (t) => ({
    incident: t.field({ type: 'NodeRef', required: true, description: 'The other incident.' }),
    relation: t.string({ required: true, description: 'How they are related, such as "follows".' }),
    note: t.string({ description: 'More about it.' }),
  }),
});

/** Only example data has keys of its own choice. */
function fileAsCaller(change: Change, input: Omit<FilingInput, 'key'>): Promise<{ incidentId: bigint }> {
  return fileIncident(change, { ...input, key: null });
}

const FileIncidentInput = builder.inputType('FileIncidentInput', {
  description: 'An incident with all that belongs to it.',
  fields: (t) => ({
    title: t.string({
      required: true,
      description: 'What the model did, in a line of at most 300 characters.',
    }),
    summary: t.string({ required: true, description: 'What happened.' }),
    setting: t.field({ type: IncidentSettingEnum, required: true, description: 'Where it was observed.' }),
    severity: t.field({ type: SeverityEnum, required: true, description: 'How bad it is.' }),
    behaviors: t.stringList({ description: 'The names of registered behaviours.' }),
    modelVersions: t.field({ type: ['NodeRef'], description: 'The model versions that showed it.' }),
    evalRuns: t.field({ type: ['NodeRef'], description: 'The eval runs it was observed in.' }),
    suspects: t.field({
      type: ['NodeRef'],
      description: 'Sources, dataset versions and training runs that may be behind it.',
    }),
    suspectTags: t.stringList({
      description:
        'Content tags that may be behind it; made where there is none of the name. While the incident is under embargo, one that is made is for its team alone and none is shown more widely; so it stays when that ends, until something public that is under none names it.',
    }),
    occurredAt: t.field({ type: 'DateTime', description: 'When it happened.' }),
    reports: t.field({ type: [ReportInput], description: 'What was written about it.' }),
    visibility: t.field({ type: VisibilityEnum, description: 'Who may see it; members where left out.' }),
    sharedWith: t.idList({ description: 'Global ids of people who may see it besides.' }),
    embargoedUntil: t.field({
      type: 'DateTime',
      description: 'Until when only its team and those named see it; the clock lifts it.',
    }),
    draft: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether to keep it as a draft, without a key.',
    }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'fileIncident',
  description: 'Files an incident with its links in one call, or begins a draft. Submission gives it a key.',
  input: FileIncidentInput,
  success: (t) => ({
    incident: t.field({
      type: IncidentRef,
      description: 'The incident.',
      resolve: async (made, _a, context) => shown(await context.load(nodeById, made.incidentId)),
    }),
  }),
  run: fileAsCaller,
  together: fileTogether,
});

const UpdateIncidentInput = builder.inputType('UpdateIncidentInput', {
  description: 'What to change in an incident; what is left out stays.',
  fields: (t) => ({
    incident: t.field({ type: 'NodeRef', required: true, description: 'The incident.' }),
    title: t.string({ description: 'A new title.' }),
    summary: t.string({ description: 'A new summary.' }),
    setting: t.field({ type: IncidentSettingEnum, description: 'Another setting.' }),
    severity: t.field({ type: SeverityEnum, description: 'Another severity.' }),
    behaviors: t.stringList({ description: 'The names of all its behaviours from now on.' }),
    occurredAt: t.field({ type: 'DateTime', description: 'When it happened; null takes the date away.' }),
    visibility: t.field({
      type: VisibilityEnum,
      description: 'Who may see it, and what was recorded as widely visible.',
    }),
    expectedUpdatedAt: t.field({
      type: 'DateTime',
      description: 'updatedAt as it was when the edit began: a later change is then not overwritten.',
    }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'updateIncident',
  description: 'Changes what an incident says of itself.',
  input: UpdateIncidentInput,
  success: (t) => ({
    incident: t.field({
      type: IncidentRef,
      description: 'The incident.',
      resolve: async (made, _a, context) => shown(await context.load(nodeById, made.incidentId)),
    }),
  }),
  run: updateIncident,
});

const ChangeIncidentStatusInput = builder.inputType('ChangeIncidentStatusInput', {
  description: 'Where to move an incident.',
  fields: (t) => ({
    incident: t.field({ type: 'NodeRef', required: true, description: 'The incident.' }),
    to: t.field({ type: IncidentStatusEnum, required: true, description: 'The status it is to have.' }),
    comment: t.string({ description: 'Why; some changes need it.' }),
    duplicateOf: t.field({
      type: 'NodeRef',
      description: 'Of which incident it is a duplicate; needed for DUPLICATE.',
    }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'changeIncidentStatus',
  description: 'Moves an incident to another status, as its transitions allow.',
  input: ChangeIncidentStatusInput,
  success: (t) => ({
    incident: t.field({
      type: IncidentRef,
      description: 'The incident.',
      resolve: async (made, _a, context) => shown(await context.load(nodeById, made.incidentId)),
    }),
  }),
  run: changeIncidentStatus,
});

const LinkIncidentInput = builder.inputType('LinkIncidentInput', {
  description: 'What to link with an incident, and what to unlink.',
  fields: (t) => ({
    incident: t.field({ type: 'NodeRef', required: true, description: 'The incident.' }),
    modelVersions: t.field({ type: ['NodeRef'], description: 'Model versions that showed it.' }),
    evalRuns: t.field({ type: ['NodeRef'], description: 'Eval runs it was observed in.' }),
    suspects: t.field({
      type: ['NodeRef'],
      description: 'Sources, dataset versions and training runs that may be behind it.',
    }),
    suspectTags: t.stringList({
      description:
        'Content tags that may be behind it; made where there is none of the name. While the incident is under embargo, one that is made is for its team alone and none is shown more widely; so it stays when that ends, until something public that is under none names it.',
    }),
    suspectReason: t.string({ description: 'Why these are suspected.' }),
    related: t.field({ type: [RelatedIncidentInput], description: 'Other incidents it has to do with.' }),
    reports: t.field({ type: [ReportInput], description: 'What was written about it.' }),
    unlink: t.idList({
      description:
        'Ids of linked model versions, eval runs and incidents, and of suspects, reports and evidence to take back.',
    }),
    reason: t.string({ description: 'Why.' }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'linkIncident',
  description: 'Links an incident with what it concerns, and takes links back.',
  input: LinkIncidentInput,
  success: (t) => ({
    incident: t.field({
      type: IncidentRef,
      description: 'The incident.',
      resolve: async (made, _a, context) => shown(await context.load(nodeById, made.incidentId)),
    }),
  }),
  run: linkIncident,
});

const AddEvidenceInput = builder.inputType('AddEvidenceInput', {
  description: 'Evidence for an incident.',
  fields: (t) => ({
    incident: t.field({ type: 'NodeRef', required: true, description: 'The incident.' }),
    kind: t.field({ type: EvidenceKindEnum, required: true, description: 'What it is.' }),
    title: t.string({ required: true, description: 'Its title.' }),
    text: t.string({ required: true, description: 'The evidence itself, as text.' }),
    mediaType: t.string({ description: 'Its media type; text/plain where left out.' }),
    sensitivity: t.field({
      type: SensitivityEnum,
      required: true,
      defaultValue: 'SENSITIVE',
      description: 'How carefully it must be shown.',
    }),
    warning: t.string({ description: 'What a reader should know before reading it.' }),
    visibility: t.field({
      type: VisibilityEnum,
      description: 'Who may see it; as the incident where left out. Only who may see the incident ever does.',
    }),
    citation: t.field({ type: CitationInputRef, description: 'Where it comes from.' }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'addEvidence',
  description: 'Adds a transcript, file, quotation or eval sample to an incident.',
  input: AddEvidenceInput,
  success: (t) => ({
    evidence: t.field({
      type: EvidenceRef,
      description: 'The evidence.',
      resolve: async (made, _a, context) => shown(await context.load(evidenceById, made.evidenceId)),
    }),
  }),
  prepare: putText,
  run: addEvidence,
  release: takeBackUnrecorded,
});
