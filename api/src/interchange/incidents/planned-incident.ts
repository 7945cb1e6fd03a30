// What becomes of a file of incidents from elsewhere, worked out before anything is written.
import type { IncidentSetting, ReportInput, Severity } from '../../incident/incident.ts';
import type { ImportReport } from '../import.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';

/** The public collections that are read: the AI Vulnerability Database and the AI Incident Database. */
export type Catalogue = 'AVID' | 'AIID';
export type IncidentFormat = 'avid-json' | 'avid-jsonl' | 'aiid-json' | 'aiid-jsonl' | 'aiid-csv';

/** What a record of a catalogue is. All but the first three add to an incident and make none. */
export type RecordPart =
  | 'report'
  | 'vulnerability'
  | 'incident'
  | 'press report'
  | 'classification'
  | 'translation'
  | 'link'
  | 'duplicate';

/** A figure as the record reports it: never a measurement, since neither condition nor grader version is told. */
export interface PlannedResult {
  statement: string;
  value: number | null;
  subject: string | null;
}

/** What is filed where the record is new to the team. */
export interface PlannedIncident {
  title: string;
  summary: string;
  setting: IncidentSetting;
  severity: Severity;
  /** When it happened; null where the record does not say. */
  occurredAt: Date | null;
  /** Names of models and systems, as the record writes them. */
  models: string[];
  results: PlannedResult[];
}

/** One record of a catalogue about one incident. */
export interface PlannedRecord {
  catalogue: Catalogue;
  part: RecordPart;
  /** Where it stands in the file, to be named in what is told: "record 3". */
  place: string;
  /** As the catalogue calls it, such as `AVID-2025-R0001` or `23`; null where it has no id or is about a report. */
  externalId: string | null;
  /** The catalogue's number of a report in the press; the incidents that list it get the report. */
  reportNumber: number | null;
  /** The catalogue's page of it. */
  url: string | null;
  /** What the record says, without what is large and computed. */
  content: JsonObject;
  /** SHA-256 of the content in hexadecimal, whatever the order of its fields. */
  contentDigest: string;
  /** Null where the record cannot stand for itself. */
  incident: PlannedIncident | null;
  reports: ReportInput[];
  /** Incidents of the same catalogue, by their external ids. */
  related: { externalId: string; relation: string }[];
}

/** What becomes of one file of incidents. */
export interface IncidentFilePlan {
  format: IncidentFormat;
  /** What a citation of a record calls it, before its id. */
  source: string;
  /** Those that can be filed first, so that what adds to them finds them. */
  records: PlannedRecord[];
  report: ImportReport;
}
