// Rows of hand-written statements, past Prisma's client: it takes as long to pass a statement on as the database takes to
// run it.
import pg from 'pg';
import { Prisma } from '../generated/prisma/client.ts';
import type { Rights } from './rights.ts';
import type { RightsPool } from './rights-pool.ts';

const { builtins } = pg.types;
const TEXT_ARRAY = 1009;
const INT8_ARRAY = 1016;
const TIMESTAMPTZ_ARRAY = 1185;

const parserOf = pg.types.getTypeParser as (oid: number, format?: string) => (text: string) => unknown;
const textArray = parserOf(TEXT_ARRAY) as (text: string) => (string | null)[];
const eachOf =
  <T>(parse: (text: string) => T) =>
  (text: string) =>
    textArray(text).map((one) => (one === null ? null : parse(one)));

/** What the driver would give as text or lose digits of: as Prisma's client reads it. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [builtins.INT8]: BigInt,
  [INT8_ARRAY]: eachOf(BigInt),
  [builtins.NUMERIC]: (text) => new Prisma.Decimal(text),
  [builtins.TIMESTAMPTZ]: moment,
  [TIMESTAMPTZ_ARRAY]: eachOf(moment),
};

/** For a connection that Prisma's client does not stand before, and whose rows are to be as it gives them. */
export const ROW_TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: string) =>
    (format !== 'binary' && PARSERS[oid]) || parserOf(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

const DIGIT = 48;
const twoDigits = (text: string, at: number) =>
  (text.charCodeAt(at) - DIGIT) * 10 + text.charCodeAt(at + 1) - DIGIT;
/** With the milliseconds or without: a connection asks for UTC, and most moments are of these years. */
const USUAL = /^[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{3})?\+00$/;
const WITH_MILLISECONDS = '2026-01-02 03:04:05.678+00'.length;

/** `2026-01-02 03:04:05.678+00`, with the offset of whatever time zone the connection has. */
function moment(text: string): Date {
  // What parses any date takes several times longer, and a list has hundreds.
  if (USUAL.test(text)) {
    const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
    const ms = text.length === WITH_MILLISECONDS ? twoDigits(text, 20) * 10 + text.charCodeAt(22) - DIGIT : 0;
    const [month, day, hour] = [twoDigits(text, 5) - 1, twoDigits(text, 8), twoDigits(text, 11)];
    return new Date(Date.UTC(year, month, day, hour, twoDigits(text, 14), twoDigits(text, 17), ms));
  }
  return new Date(`${text.replace(' ', 'T')}${/[+-]\d\d$/.test(text) ? ':00' : ''}`);
}

/** Runs a statement, its parameters apart, and answers its rows: for whoever has `rights`, or (null) for the public. */
export type Rows = <R>(rights: Rights | null, sql: Prisma.Sql) => Promise<R[]>;

export function rowsOf(
  pool: RightsPool,
  options: {
    statementName?: ((sql: string) => string) | undefined;
    onStatement?: ((sql: string, ms: number) => void) | undefined;
  },
): Rows {
  const { statementName, onStatement } = options;
  return async <R>(rights: Rights | null, sql: Prisma.Sql) => {
    const { text, values } = sql;
    const name = statementName?.(text);
    const config = { text, values: values as unknown[], types: ROW_TYPES, ...(name && { name }) };
    const begun = performance.now();
    const { rows } = rights === null ? await pool.query(config) : await pool.queryWith(rights, config);
    onStatement?.(text, performance.now() - begun);
    return rows as R[];
  };
}
