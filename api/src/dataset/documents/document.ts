import type { DigestAlgorithm } from './digest.ts';

/** One document of a dataset version, as it is kept: no text of it. */
export interface DocumentRow {
  datasetVersionId: bigint;
  document: string;
  algorithm: DigestAlgorithm;
  digestHead: bigint;
  /** In hexadecimal. */
  digestTail: string;
  loadId: number;
}

/** A training run saw a document at a step. */
export interface SightingRow {
  datasetVersionId: bigint;
  document: string;
  trainingRunId: bigint;
  step: bigint;
  loadId: number;
}

export interface LoadRow {
  id: number;
  actorId: bigint;
  recordedAt: Date;
}

/** Lists of documents are counted no further than this. */
export const MOST_COUNTED = 10_000;
