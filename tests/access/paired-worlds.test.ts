import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchedSchema } from './ask/schema.ts';
import { unreachable } from './coverage.ts';
import { type Compared, compareChanging, compareReading, type Pair } from './pair.ts';
import { worldDatabase } from './world/database.ts';
import { PRINCIPAL_NAMES, type PrincipalName } from './world/principals.ts';

/** In a run of all tests few worlds, each for one reader; `npm run soak:worlds` asks for many, for everybody. */
const WORLDS = Number(process.env.HEADWATER_WORLDS ?? 30);
const FIRST = Number(process.env.HEADWATER_FIRST_WORLD ?? 1);
const EVERYBODY = process.env.HEADWATER_WORLDS !== undefined;

// Auditors and administrators read everything: nothing is hidden from them, and their two worlds are one.
const READERS = PRINCIPAL_NAMES.filter((name) => name !== 'auditor' && name !== 'administrator');
const WRITERS: readonly PrincipalName[] = [
  'labReporter',
  'author',
  'rivalInvestigator',
  'both',
  'tokenToFile',
  'tokenForLineage',
  'tokenForEvals',
  'labViewer',
];
/** Of those who read alike, one reads in each world; all take their turn. */
const readersIn = (seed: number) => (EVERYBODY ? READERS : [READERS[seed % READERS.length]!]);
const writerIn = (seed: number) => WRITERS[seed % (EVERYBODY ? WRITERS.length : 4)]!;

let pair: Pair;
const totals = { pairs: 0, asked: 0, hidden: 0 };
const residuals = new Map<string, number>();

beforeAll(async () => {
  const [recorded, never] = await Promise.all([worldDatabase(), worldDatabase()]);
  pair = { watched: watchedSchema(), recorded, never };
});
afterAll(async () => {
  await Promise.all([pair.recorded.close(), pair.never.close()]);
});

function count({ asked, hidden, residuals: explained }: Compared): void {
  totals.pairs += 1;
  totals.asked += asked;
  totals.hidden += hidden;
  for (const why of explained) residuals.set(why, (residuals.get(why) ?? 0) + 1);
}

describe('what is hidden from somebody is for them as if it had never been recorded', () => {
  const seeds = Array.from({ length: WORLDS }, (_, i) => FIRST + i);
  it.each(seeds)(
    'in world %i, in every field, count, sort, cursor, search and lineage',
    { timeout: 600_000 },
    async (seed) => {
      for (const who of readersIn(seed)) {
        const compared = await compareReading(pair, seed, who);
        count(compared);
        expect(compared.differences).toEqual([]);
      }
    },
  );

  const changed = EVERYBODY ? seeds : seeds.filter((seed) => seed % 3 === 0);
  it.each(changed)(
    'in world %i, in the answers to what they try to change',
    { timeout: 600_000 },
    async (seed) => {
      const compared = await compareChanging(pair, seed, writerIn(seed));
      count(compared);
      expect(compared.differences).toEqual([]);
    },
  );

  it('is asked of every field of the schema that such a reader can reach', () => {
    const { all, hit } = pair.watched;
    const missed = all.filter((coordinate) => !hit.has(coordinate) && !unreachable(coordinate));
    const { pairs, asked, hidden } = totals;
    process.stdout.write(
      `Paired worlds: ${pairs} pairs, ${asked} documents in both, ${hidden} hidden rows; ` +
        `${hit.size} of ${all.length} fields resolved.\n${[...residuals].map(([why, n]) => `Residual, ${n} times: ${why}\n`).join('')}`,
    );
    expect(missed).toEqual([]);
  });
});
