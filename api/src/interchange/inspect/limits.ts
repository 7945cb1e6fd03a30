import { MOST_KEPT } from '../formats/memory-budget.ts';

/** Bounds on what a log file may cost to read. Sizes are bytes unless said otherwise. */
export interface ReadLimits {
  /** Members in a zip. */
  zipEntries: number;
  /** One member, inflated. */
  memberBytes: number;
  /** All members that are read, inflated. */
  inflatedBytes: number;
  /** Inflated to compressed, judged once a member has passed `ratioGraceBytes`. */
  inflationRatio: number;
  ratioGraceBytes: number;
  /** Containers inside each other, in any JSON. */
  nesting: number;
  /** One value that is kept; a larger one is left out and named. */
  valueBytes: number;
  /** Sample records in one log. */
  samples: number;
  /** All values that are kept of the header together, and the same of each sample while it is read. */
  keptBytes: number;
  /** All samples as they are kept, together, roughly: what planning them takes besides stays within 300 MiB. */
  samplesBytes: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: ReadLimits = {
  zipEntries: 250_000,
  memberBytes: 4096 * MIB,
  inflatedBytes: 16_384 * MIB,
  inflationRatio: 500,
  ratioGraceBytes: 32 * MIB,
  nesting: 1000,
  valueBytes: 4 * MIB,
  samples: 200_000,
  keptBytes: MOST_KEPT,
  samplesBytes: 64 * MIB,
};
