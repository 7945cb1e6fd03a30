import { PermissionRef } from '../access/access.refs.ts';
import { EventConnection } from '../audit-log/event.refs.ts';
import { timelineOf } from '../audit-log/read-events.ts';
import type { Context } from '../context.ts';
import { BehaviorRef, MeasurementRef, ReportedResultRef } from '../evaluation/evaluation.refs.ts';
import { reportedResultsOfIncident } from '../evaluation/read-eval-runs.ts';
import { builder } from '../graphql/builder.ts';
import { forwardArguments, pageArguments } from '../graphql/connection.ts';
import {
  EvidenceKindEnum,
  IncidentSettingEnum,
  IncidentStatusEnum,
  SensitivityEnum,
  SeverityEnum,
  SuspectKindEnum,
} from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { atHand, loaded, loadedWhereNamed, type Soon, soon } from '../graphql/loaded.ts';
import { NodeInterface, registerNode } from '../graphql/node.ts';
import {
  ActorRef,
  CitationRef,
  cited,
  EvalRunRef,
  IncidentRef,
  LineageNodeRef,
  ModelVersionRef,
  TeamRef,
} from '../lineage/lineage.refs.ts';
import { IncidentConnection } from '../lineage/lineage-connections.refs.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import { actorById, teamById } from '../lineage/read-actors.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { present } from '../platform/shown.ts';
import { mayEdit, type Transition, transitions } from './incident.access.ts';
import { EvidenceRef, ReportRef, SuspectRef } from './incident.refs.ts';
import type { IncidentFacts, RelatedRow, SuspectRow } from './incident.ts';
import { evidenceById, evidenceOfIncident, textOf } from './read-evidence.ts';
import {
  behaviorsOfIncident,
  evalRunsOfIncident,
  incidentFacts,
  incidentsOfBehavior,
  incidentsOfModelVersion,
  incidentsOfRun,
  measurementsOfIncident,
  modelVersionsOfIncident,
  relatedOfIncident,
  reportById,
  reportsOfIncident,
  suspectById,
  suspectsOfIncident,
} from './read-incidents.ts';

registerNode('Suspect', suspectById);
registerNode('Evidence', evidenceById);
registerNode('Report', reportById);

const idOf = ({ id }: LineageNodeRow) => id;

/** A fact of the incident, without a promise where the facts have been read: a list asks for each of each. */
const fact = <T>(row: { id: bigint }, context: Context, of: (facts: IncidentFacts) => T): Soon<T> =>
  soon(atHand(context, incidentFacts, row.id), (facts) => of(present(facts, 'facts')));
const author = loaded(
  actorById,
  ({ actorId }: { actorId: bigint }) => actorId,
  (actor) => present(actor, 'author'),
);

SuspectRef.implement({
  interfaces: [NodeInterface],
  description: 'A source, dataset version, training run or content tag thought to be behind an incident.',
  fields: (t) => ({
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('Suspect', row.id),
    }),
    kind: t.expose('kind', { type: SuspectKindEnum, description: 'What it is.' }),
    node: t.field({
      type: LineageNodeRef,
      nullable: true,
      description: 'The source, dataset version or training run; null for a content tag.',
      ...loadedWhereNamed(nodeById, ({ nodeId }: SuspectRow) => nodeId),
    }),
    label: t.exposeString('label', { description: 'How people call it.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it is suspected.' }),
    addedBy: t.field({
      type: ActorRef,
      description: 'Who added it.',
      ...author,
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was added.' }),
  }),
});

EvidenceRef.implement({
  interfaces: [NodeInterface],
  description: 'A transcript, file, quotation or eval sample. Data to be shown, never to be run.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('Evidence', row.id),
    }),
    kind: t.expose('kind', { type: EvidenceKindEnum, description: 'What it is.' }),
    title: t.exposeString('title', { description: 'Its title.' }),
    text: t.string({
      nullable: true,
      description:
        'The text itself; show it behind its warning. Null where it is restricted (revealEvidence), no text, or longer than 1 MiB (GET /evidence/{id}).',
      resolve: (row, _a, context) => textOf(context, row),
    }),
    digest: t.exposeString('digest', { description: 'The SHA-256 of its bytes, in hexadecimal.' }),
    mediaType: t.exposeString('mediaType', { nullable: true, description: 'Its media type.' }),
    bytes: t.expose('bytes', { type: 'BigInt', nullable: true, description: 'How many bytes it has.' }),
    sensitivity: t.expose('sensitivity', {
      type: SensitivityEnum,
      description: 'How carefully it must be shown.',
    }),
    warning: t.exposeString('warning', {
      nullable: true,
      description: 'What a reader should know before reading it.',
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where it comes from.',
      ...cited,
    }),
    addedBy: t.field({
      type: ActorRef,
      description: 'Who added it.',
      ...author,
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was added.' }),
  }),
});

ReportRef.implement({
  interfaces: [NodeInterface],
  description: 'What the press or a publication wrote about an incident.',
  fields: (t) => ({
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('Report', row.id),
    }),
    title: t.exposeString('title', { description: 'Its title.' }),
    publisher: t.exposeString('publisher', { nullable: true, description: 'Who published it.' }),
    url: t.exposeString('url', { nullable: true, description: 'Where to read it.' }),
    author: t.exposeString('author', { nullable: true, description: 'Who wrote it.' }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was published.',
    }),
    language: t.exposeString('language', { nullable: true, description: 'In which language.' }),
  }),
});

const StatusTransitionRef = builder.objectRef<Transition>('StatusTransition').implement({
  description: 'A status that an incident can move to from where it stands.',
  fields: (t) => ({
    to: t.expose('to', { type: IncidentStatusEnum, description: 'The status.' }),
    allowed: t.exposeBoolean('allowed', { description: 'Whether the viewer may move it there.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why not; null where allowed.' }),
    needsComment: t.exposeBoolean('needsComment', {
      description: 'Whether the change needs a comment that says why.',
    }),
  }),
});

const RelatedIncidentRef = builder.objectRef<RelatedRow>('RelatedIncident').implement({
  description: 'Another incident that this one has to do with.',
  fields: (t) => ({
    incident: t.field({
      type: IncidentRef,
      description: 'The other incident.',
      ...loaded(
        nodeById,
        ({ otherId }: RelatedRow) => otherId,
        (node) => present(node, 'other incident'),
      ),
    }),
    relation: t.exposeString('relation', { description: 'How they are related, such as "duplicate of".' }),
    note: t.exposeString('note', { nullable: true, description: 'More about it.' }),
  }),
});

IncidentRef.implement({
  interfaces: [NodeInterface, LineageNodeRef],
  description: 'A behaviour that was observed in one or more model versions.',
  fields: (t) => ({
    key: t.string({
      nullable: true,
      description: 'The key that people can say aloud, such as MBI-2025-0001; null while it is a draft.',
      resolve: (row, _a, context) => fact(row, context, (facts) => facts.key),
    }),
    title: t.string({
      description: 'What the model did, in a line.',
      resolve: (row, _a, context) => fact(row, context, (facts) => facts.title),
    }),
    summary: t.string({
      description: 'What happened.',
      resolve: (row, _a, context) => fact(row, context, (facts) => facts.summary),
    }),
    setting: t.field({
      type: IncidentSettingEnum,
      description: 'Where it was observed.',
      resolve: (row, _a, context) => fact(row, context, (facts) => facts.setting),
    }),
    severity: t.field({
      type: SeverityEnum,
      description: 'How bad it is.',
      resolve: (row, _a, context) => fact(row, context, (facts) => facts.severity),
    }),
    status: t.field({
      type: IncidentStatusEnum,
      description: 'Where it stands.',
      resolve: (row, _a, context) => fact(row, context, (facts) => facts.status),
    }),
    occurredAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it happened, where known.',
      resolve: (row, _a, context) => fact(row, context, (facts) => facts.occurredAt),
    }),
    submittedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was submitted; null while it is a draft.',
      resolve: (row, _a, context) => fact(row, context, (facts) => facts.submittedAt),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'When anything about it was last changed.',
      resolve: (row, _a, context) => fact(row, context, (facts) => facts.updatedAt),
    }),
    filedBy: t.field({
      type: ActorRef,
      description: 'Who filed it.',
      ...author,
    }),
    team: t.field({
      type: TeamRef,
      description: 'The team in whose name it was filed.',
      ...loaded(
        teamById,
        ({ teamId }: LineageNodeRow) => teamId,
        (team) => present(team, 'team'),
      ),
    }),
    behaviors: t.field({
      type: [BehaviorRef],
      description: 'What the model did, by category.',
      ...loaded(behaviorsOfIncident, idOf),
    }),
    modelVersions: t.field({
      type: [ModelVersionRef],
      description: 'The model versions linked to it, or examined by its eval runs.',
      ...loaded(modelVersionsOfIncident, idOf),
    }),
    evalRuns: t.field({
      type: [EvalRunRef],
      description: 'The eval runs it was observed in.',
      ...loaded(evalRunsOfIncident, idOf),
    }),
    measurements: t.field({
      type: [MeasurementRef],
      description: 'What was measured in its eval runs.',
      ...loaded(measurementsOfIncident, idOf),
    }),
    reportedResults: t.field({
      type: [ReportedResultRef],
      description: 'What publications report about it that is no measurement.',
      ...loaded(reportedResultsOfIncident, idOf),
    }),
    suspects: t.field({
      type: [SuspectRef],
      description: 'What may be behind it.',
      ...loaded(suspectsOfIncident, idOf),
    }),
    evidence: t.field({
      type: [EvidenceRef],
      description: 'What shows it.',
      ...loaded(evidenceOfIncident, idOf),
    }),
    reports: t.field({
      type: [ReportRef],
      description: 'What was written about it, oldest first.',
      ...loaded(reportsOfIncident, idOf),
    }),
    timeline: t.field({
      type: EventConnection,
      description: 'What happened to the record, oldest first.',
      args: pageArguments(t),
      resolve: (row, args, context) => timelineOf(context, row.id, args),
    }),
    related: t.field({
      type: [RelatedIncidentRef],
      description: 'Other incidents it has to do with.',
      ...loaded(relatedOfIncident, idOf),
    }),
    transitions: t.field({
      type: [StatusTransitionRef],
      description: 'Where it can go from its status, with what stands in the way of the viewer.',
      resolve: (row, _a, context) =>
        fact(row, context, ({ status }) => transitions(context.viewer, { teamId: row.teamId, status })),
    }),
    canEdit: t.field({
      type: PermissionRef,
      description: 'Whether the viewer may edit it.',
      resolve: (row, _a, context) => mayEdit(context.viewer, row),
    }),
  }),
});

const incidentsField = {
  type: IncidentConnection,
  description: 'Incidents that concern it, newest recorded first.',
} as const;

builder.objectField(ModelVersionRef, 'incidents', (t) =>
  t.field({
    ...incidentsField,
    args: forwardArguments(t),
    resolve: (row, args, context) => incidentsOfModelVersion(context, row.id, args),
  }),
);
builder.objectField(EvalRunRef, 'incidents', (t) =>
  t.field({
    ...incidentsField,
    args: forwardArguments(t),
    resolve: (row, args, context) => incidentsOfRun(context, row.id, args),
  }),
);
builder.objectField(BehaviorRef, 'incidents', (t) =>
  t.field({
    ...incidentsField,
    args: forwardArguments(t),
    resolve: (row, args, context) => incidentsOfBehavior(context, row.id, args),
  }),
);
