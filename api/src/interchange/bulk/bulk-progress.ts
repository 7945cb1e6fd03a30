// How far a bulk import has come, as it is kept with every batch.
import type { Began } from '../../access/acting-still.ts';
import type { VisibilityWord } from '../../lineage/node.ts';
import type { Place } from '../../platform/text-records.ts';
import type { ImportReport, ImportRow, LostField } from '../import.ts';

export interface RefusedLine {
  line: number;
  reason: string;
}

export interface BulkProgress {
  /** The next line to read, and the byte at which it begins. */
  next: Place;
  /** Lines read, empty ones left out. */
  lines: number;
  added: number;
  held: number;
  refused: number;
  /** Of a file of eval runs: the ids of those that were found recorded, as its report has them at its end. */
  runsRecordedBefore?: string[];
  /** The lines refused, each with its reason: at most as many as an import may have before it is given up. */
  reasons: RefusedLine[];
  /** Batches given back whole: the lines from and to. */
  givenBack: { from: number; to: number; lines: number; reason: string }[];
  /** How widely what is made is to be seen; null where its lines or the default say. */
  visibility: VisibilityWord | null;
  began: { actorId: string; sessionId: string | null; tokenId: string | null; scopes: Began['scopes'] };
}

export function beginning(first: Place, by: Began, visibility: VisibilityWord | null): BulkProgress {
  const { actorId, sessionId, tokenId, scopes } = by;
  const text = (id: bigint | null) => (id === null ? null : String(id));
  return {
    next: first,
    lines: 0,
    added: 0,
    held: 0,
    refused: 0,
    reasons: [],
    givenBack: [],
    visibility,
    began: { actorId: String(actorId), sessionId: text(sessionId), tokenId: text(tokenId), scopes },
  };
}

export function beganOf({ began }: BulkProgress): Began {
  const id = (text: string | null) => (text === null ? null : BigInt(text));
  return {
    actorId: BigInt(began.actorId),
    sessionId: id(began.sessionId),
    tokenId: id(began.tokenId),
    scopes: began.scopes,
  };
}

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** What is told of a bulk import that has come to its end, or was given up. */
export function reportOf(progress: BulkProgress): ImportReport {
  const { lines, added, held, refused, reasons, givenBack } = progress;
  const lost: LostField[] = [
    ...givenBack.map(({ from, to, lines: of, reason }) => ({
      field: `lines ${from}–${to}`,
      count: of,
      reason,
    })),
    ...reasons.map(({ line, reason }) => ({ field: `line ${line}`, count: 1, reason })),
  ];
  const nothing = added === 0 && refused === 0 && lines > 0;
  return {
    kept: [
      {
        field: 'recorded',
        how: count(added, 'line was new and is recorded', 'lines were new and are recorded'),
      },
      {
        field: 'held',
        how: count(held, 'line says what is recorded already', 'lines say what is recorded already'),
      },
    ],
    leftOut: lost,
    warnings: nothing ? ['Everything in this file is recorded already: nothing was changed.'] : [],
    recordedBefore: null,
  };
}

/** What was left out of it, so far where it is not at its end. */
export function leftOutOf(row: Pick<ImportRow, 'report' | 'progress'>): LostField[] {
  if (row.report !== null) return row.report.leftOut;
  return row.progress === null ? [] : reportOf(row.progress).leftOut;
}
