// What is kept of a file that was brought in, beside what was made of it.
import type { VisibilityWord } from '../lineage/node.ts';
import type { BulkProgress } from './bulk/bulk-progress.ts';

export type ImportStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED';

export interface KeptField {
  field: string;
  how: string;
  /** Worked out from the field, and not the field itself; absent in reports of older readers. */
  derived?: true;
}

/** How a field is kept that a rule reads: it names neither the rule nor the behaviour, which not everybody sees. */
export const MEASURED_BY_RULE = 'measured as a behaviour, by a scoring rule';

export interface LostField {
  field: string;
  /** Members of the lists and mappings left out; null where they were not counted. */
  count: number | null;
  reason: string;
  /** Left out for what the sender saw of the record, and not by the file alone: others are told nothing of it. */
  restsOnRecord?: true;
}

/** What is told of a file beside its report because a rule read it: to whoever sees the rule and what it measured. */
export interface ToldByRule {
  /** The internal id of its version; null where it was applied without being looked up, and where it is of no one rule. */
  version: string | null;
  /** The internal ids of the behaviours that it measured in the file's runs; null where that is not recorded. */
  behaviors: string[] | null;
  kept: KeptField[];
  warnings: string[];
  /** Those that are of no value in the file, and are the sender's alone. */
  warningsOfRecord: string[];
  /** The scorers that it reads: none of them wants another rule. */
  reads: string[];
  /** Which of the file's metrics its measurements say already, by their places. */
  covers: number[];
}

/** A scorer that no rule reads: what a rule would be about, and what it said most often. */
export interface RuleToPropose {
  evaluation: string;
  scorer: string;
  /** Which of several values; null where it gives one. */
  key: string | null;
  /** As JSON, with how many samples have it. */
  values: { value: string; count: number }[];
}

/** What is told of a file as if no rule had read it, since not everybody sees the rules; and what each of these adds. */
export interface ImportReport {
  kept: KeptField[];
  leftOut: LostField[];
  warnings: string[];
  /** Those that were worded by what the sender saw of the record; absent where there are none. */
  warningsOfRecord?: string[];
  /** Of a file that failed: why rests on the file alone, and whoever sees the import may read it. */
  errorOfFile?: true;
  /** The first eval run's internal id where other files had brought in every run of this one already; else null. */
  recordedBefore: string | null;
  /** The internal ids of all eval runs of the file that others had brought in; absent in reports of older readers. */
  runsRecordedBefore?: string[];
  /** Absent in reports that were written before there were rules. */
  toPropose?: RuleToPropose[];
  /** Absent where no rule read the file. */
  byRules?: ToldByRule[];
  /** The internal ids of all incidents that a file of incidents found recorded already; the first thousand in reports before 7 December 2026. */
  incidentsRecordedBefore?: string[];
}

export interface ImportRow {
  id: bigint;
  format: string;
  fileName: string;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  digest: string;
  bytes: bigint;
  status: ImportStatus;
  error: string | null;
  report: ImportReport | null;
  /** How far a file of many lines has come; null for any other. */
  progress: BulkProgress | null;
  visibility: VisibilityWord;
  actorId: bigint;
  recordedAt: Date;
  finishedAt: Date | null;
}

export const NO_REPORT: ImportReport = { kept: [], leftOut: [], warnings: [], recordedBefore: null };
