// For tests: rows as the database copies them.
import { BinaryRow } from '../../platform/binary-copy.ts';
import type { AmountUnit, EdgeKind } from '../kinds.ts';
import type { VisibilityWord } from '../node.ts';
import { copiedMark } from './edge-marks.ts';

type Field = bigint | string | number | boolean | null | { at: number };

/** A row as the database copies it: bigint for integers, { at } for moments in ms, numbers for floats. */
export function row(...fields: Field[]): BinaryRow {
  const parts = fields.flatMap((field) => {
    const body = bodyOf(field);
    const length = Buffer.alloc(4);
    length.writeInt32BE(body === null ? -1 : body.length);
    return body === null ? [length] : [length, body];
  });
  const copied = new BinaryRow();
  copied.over(Buffer.concat(parts));
  copied.find(0, fields.length);
  return copied;
}

function bodyOf(field: Field): Buffer | null {
  if (field === null) return null;
  if (typeof field === 'string') return Buffer.from(field);
  if (typeof field === 'boolean') return Buffer.from([field ? 1 : 0]);
  const body = Buffer.alloc(8);
  if (typeof field === 'bigint') body.writeBigInt64BE(field);
  else if (typeof field === 'number') body.writeDoubleBE(field);
  else body.writeBigInt64BE(BigInt((field.at - Date.UTC(2000, 0, 1)) * 1_000));
  return body;
}

export const T0 = Date.UTC(2026, 0, 1);
const id = (value: number | null | undefined) => (value == null ? null : BigInt(value));
const at = (ms: number | undefined) => (ms === undefined ? null : { at: ms });

interface More {
  retracted?: number;
  visibility?: VisibilityWord;
  audience?: number;
}
const who = ({ visibility = 'PUBLIC', audience }: More) => [visibility, 1n, 1n, id(audience)] as const;

export const nodeRow = (n: number, more: More & { name?: string; digest?: string } = {}) =>
  row(
    BigInt(n),
    'DATASET_VERSION',
    '',
    more.name ?? `d${n}`,
    '1',
    more.digest ?? null,
    null,
    ...who(more),
    { at: T0 + n },
    at(more.retracted),
    more.retracted === undefined ? null : 1n,
    null,
    null,
    null,
    null,
    n % 3 === 0 ? BigInt(n) : null,
  );

export const edgeRow = (
  n: number,
  down: number,
  up: number,
  more: More & {
    kind?: EdgeKind;
    unit?: AmountUnit | null;
    composition?: number;
    epochs?: number;
    occurred?: number;
  } = {},
) => {
  const { kind = 'DERIVED_FROM', unit = 'FRACTION', visibility = 'PUBLIC' } = more;
  const [, teamId, actorId, audienceId] = who(more);
  return row(
    BigInt(n),
    BigInt(copiedMark(kind, unit, visibility)),
    BigInt(down),
    BigInt(up),
    id(more.composition),
    0.25,
    more.epochs ?? null,
    null,
    at(more.occurred),
    teamId,
    actorId,
    audienceId,
    { at: T0 + n },
    at(more.retracted),
  );
};

export const compositionRow = (n: number, of: number, more: More & { total?: number } = {}) =>
  row(
    BigInt(n),
    BigInt(of),
    null,
    'FRACTION',
    'CONTRIBUTED',
    more.total ?? null,
    true,
    null,
    ...who(more),
    { at: T0 + n },
    at(more.retracted),
  );

export const claimRow = (n: number, of: number, value: number, more: More = {}) =>
  row(BigInt(n), BigInt(of), 'TOKENS', value, ...who(more), { at: T0 + n }, at(more.retracted));

export const tagRow = (n: number, more: More = {}) => row(BigInt(n), ...who(more));

export const measurementRow = (n: number, of: number, tag: number, more: More & { lower?: number } = {}) =>
  row(
    BigInt(n),
    BigInt(of),
    BigInt(tag),
    0.5,
    'TOKENS',
    more.lower ?? null,
    null,
    'CENSUS',
    null,
    ...who(more),
    { at: T0 + n },
    at(more.retracted),
  );
