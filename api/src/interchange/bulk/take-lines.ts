import type { Change } from '../../access/change.ts';
import type { VisibilityWord } from '../../lineage/node.ts';
import type { BulkConnection } from '../../platform/bulk-connection.ts';
import type { RefusedLine } from './bulk-progress.ts';
import type { NumberedFields } from './read-batches.ts';

/** What came of the lines of a batch. */
export interface Taken {
  added: number;
  held: number;
  refused: RefusedLine[];
  /** Set where all of them were given back, each with the reason that could be named. */
  givenBack: { reason: string; because: RefusedLine[] } | null;
}

export interface BatchOf {
  db: BulkConnection;
  /** Writes in the transaction of the batch. */
  change: Change;
  importId: bigint;
  records: readonly NumberedFields[];
  /** How widely what is made is to be seen; null where the file's lines or the default say. */
  visibility: VisibilityWord | null;
}

/** Takes the batches of one file, one after another: what it learns from one serves the next. */
export type TakeLines = (batch: BatchOf) => Promise<Taken>;
