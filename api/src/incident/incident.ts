// The rows of the slice, as its types resolve from them.
import type { LineageNodeRow, VisibilityWord } from '../lineage/node.ts';
import type { IncidentStatus } from './status.ts';

export type Severity = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';
export type IncidentSetting = 'SAFETY_TEST' | 'RED_TEAM' | 'DEPLOYMENT' | 'TRAINING';
export type EvidenceKind = 'TRANSCRIPT' | 'FILE' | 'QUOTATION' | 'EVAL_SAMPLE';
export type Sensitivity = 'NONE' | 'SENSITIVE' | 'HAZARDOUS';
export type SuspectKind = 'SOURCE' | 'DATASET_VERSION' | 'TRAINING_RUN' | 'CONTENT_TAG';

/** Characters of a title. */
export const LONGEST_TITLE = 300;

export interface IncidentFacts {
  nodeId: bigint;
  key: string | null;
  title: string;
  summary: string;
  setting: IncidentSetting;
  severity: Severity;
  status: IncidentStatus;
  occurredAt: Date | null;
  submittedAt: Date | null;
  updatedAt: Date;
}

/** What a list shows of an incident in a line. */
export type BriefIncident = Pick<LineageNodeRow, 'id' | 'kind' | 'namespace' | 'name' | 'version'> &
  Pick<IncidentFacts, 'key' | 'title' | 'setting' | 'severity' | 'status' | 'occurredAt'>;

export interface SuspectRow {
  id: bigint;
  incidentId: bigint;
  kind: SuspectKind;
  nodeId: bigint | null;
  contentTagId: bigint | null;
  label: string;
  reason: string | null;
  actorId: bigint;
  recordedAt: Date;
}

export interface EvidenceRow {
  id: bigint;
  incidentId: bigint;
  kind: EvidenceKind;
  title: string;
  digest: string;
  mediaType: string | null;
  fileName: string | null;
  bytes: bigint;
  sensitivity: Sensitivity;
  warning: string | null;
  citationId: bigint | null;
  visibility: VisibilityWord;
  incidentTeamId: bigint;
  /** Whether it is read only with a reason. */
  restricted: boolean;
  actorId: bigint;
  recordedAt: Date;
}

export interface ReportRow {
  id: bigint;
  incidentId: bigint;
  title: string;
  publisher: string | null;
  url: string | null;
  author: string | null;
  publishedAt: Date | null;
  language: string | null;
}

export interface RelatedRow {
  incidentId: bigint;
  otherId: bigint;
  relation: string;
  note: string | null;
}

export interface ReportInput {
  title: string;
  publisher?: string | null;
  url?: string | null;
  author?: string | null;
  publishedAt?: Date | null;
  language?: string | null;
}

/** The year in an incident's key: that of the behaviour where it is known, else of the submission. */
export function keyYear(occurredAt: Date | null, submittedAt: Date): number {
  return (occurredAt ?? submittedAt).getUTCFullYear();
}

export function formatKey(year: number, number: number): string {
  return `MBI-${year}-${String(number).padStart(4, '0')}`;
}

export const KEY = /^MBI-[0-9]{4}-[0-9]{4,}$/;
