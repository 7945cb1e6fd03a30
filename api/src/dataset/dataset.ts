// The rows of datasets, their versions' makers and their contents.
import type { AmountUnit, MeasurementMethod, TransformationEffect } from '../lineage/kinds.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import type { Json } from '../platform/json.ts';

export interface DatasetRow {
  id: bigint;
  namespace: string;
  name: string;
  title: string | null;
  description: string | null;
  visibility: VisibilityWord;
  teamId: bigint;
}

/** What was said of a source at its registration. */
export interface SourceFacts {
  id: bigint;
  title: string | null;
  description: string | null;
  url: string | null;
}

export interface TransformationFacts {
  id: bigint;
  effect: TransformationEffect;
  code: string | null;
  config: Json;
  occurredAt: Date | null;
}

export interface ContentTagRow {
  id: bigint;
  namespace: string;
  name: string;
  description: string | null;
  teamId: bigint;
}

export interface ContentMeasurementRow {
  id: bigint;
  datasetVersionId: bigint;
  contentTagId: bigint;
  fraction: number;
  lower: number | null;
  upper: number | null;
  level: number | null;
  unit: AmountUnit;
  method: MeasurementMethod;
  methodVersion: string | null;
  sampleSize: number | null;
  measuredAt: Date | null;
  citationId: bigint | null;
  visibility: VisibilityWord;
  teamId: bigint;
  recordedAt: Date;
}
