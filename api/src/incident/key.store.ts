import { LOCKS } from '../platform/advisory-locks.ts';
import type { Statements } from '../platform/statements.ts';
import { formatKey } from './incident.ts';

/** So many draws of each size for a key before a longer number is taken: of nine tenths taken, one is free by two to one. */
const DRAWS = 10;
/** From one draw to the next; a prime, so that draws of a size do not meet. */
const STRIDE = 7_919;

const SIZES = [
  [1, 9_999],
  [10_000, 99_999],
  [100_000, 999_999],
  [1_000_000, 9_999_999],
] as const;

/** A key of the year that nobody has, drawn at random. */
export async function drawKey(tx: Statements, year: number): Promise<string> {
  const [key] = await drawKeys(tx, year, 1);
  return key!;
}

/**
 * So many keys of the year that nobody has, drawn at random. What is drawn is held until the transaction ends and only
 * then looked up, so that no two writers take the same key and none waits for another.
 */
export async function drawKeys(tx: Statements, year: number, count: number): Promise<string[]> {
  const keys: string[] = [];
  for (const size of SIZES) {
    // Where most are free, little more is drawn than is needed; only what is then missing is drawn for as if alone.
    keys.push(...(await drawFree(tx, year, size, count + DRAWS - 1)).slice(0, count));
    if (keys.length < count && count > 1) {
      const more = await drawFree(tx, year, size, (count - keys.length) * DRAWS);
      keys.push(...more.filter((key) => !keys.includes(key)).slice(0, count - keys.length));
    }
    if (keys.length >= count) return keys;
  }
  throw new Error(`All keys of ${year} are taken.`);
}

async function drawFree(
  tx: Statements,
  year: number,
  [from, to]: (typeof SIZES)[number],
  draws: number,
): Promise<string[]> {
  const size = to - from + 1;
  // Drawn by the database, in which what is random can be held still.
  const held = await tx.$queryRaw<{ number: number }[]>`
    with begun as materialized (select floor(random() * ${size}::int)::int as first)
    select number from (
      select i, ${from}::int + ((first + i::bigint * ${STRIDE}::int) % ${size}::int)::int as number
      from begun cross join generate_series(0, ${Math.min(draws, size) - 1}::int) i) drawn
    where pg_try_advisory_xact_lock(${LOCKS.incidentKeys}::int, ${year % 200}::int * 10000000 + number)
    order by i`;
  const keys = held.map(({ number }) => formatKey(year, number));
  const found = await tx.$queryRaw<{ key: string }[]>`
    select key from incident where key = any(${keys}::text[])`;
  const taken = new Set(found.map(({ key }) => key));
  return keys.filter((key) => !taken.has(key));
}
