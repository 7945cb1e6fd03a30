import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { watchedSchema } from './ask/schema.ts';
import { READERS, WRITERS } from './askers.ts';
import { unreachable } from './coverage.ts';
import { compareJudging } from './judging.ts';
import { type Compared, compareChanging, compareReading, compareUnseen, type Pair } from './pair.ts';
import { worldDatabase } from './world/database.ts';

/** In a run of all tests few worlds, each for one reader; `npm run soak:worlds` asks for many, for everybody. */
const SEEDS = Array.from({ length: 30 }, (_, i) => 1 + i);
const CHANGED = SEEDS.filter((seed) => seed % 3 === 0);
const UNSEEN = SEEDS.filter((seed) => seed % 3 === 1);
const JUDGED = SEEDS.filter((seed) => seed % 5 === 3);
/** Read besides by who is of two teams: what takes much to be seen, such as common causes, others see by chance alone. */
const SEEN_MOST = SEEDS.filter((seed) => seed % 10 === 3);
/** Of those whose changes reach furthest, two in each of these. */
const CHANGING = WRITERS.slice(0, 4);
const changingIn = (seed: number) => [seed, seed + 2].map((turn) => CHANGING[turn % CHANGING.length]!);

let pair: Pair;
const totals = { pairs: 0, asked: 0, hidden: 0 };
const residuals = new Map<string, number>();

beforeAll(async () => {
  const server = inject('postgres');
  const [recorded, never] = await Promise.all([worldDatabase(server), worldDatabase(server)]);
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
  it.each(SEEDS)(
    'in world %i, in every field, count, sort, cursor, search and lineage',
    { timeout: 600_000 },
    async (seed) => {
      const compared = await compareReading(pair, seed, READERS[seed % READERS.length]!);
      count(compared);
      expect(compared.differences).toEqual([]);
    },
  );

  it.each(SEEN_MOST)(
    'in world %i, in all that somebody of two teams reads',
    { timeout: 600_000 },
    async (seed) => {
      const compared = await compareReading(pair, seed, 'both');
      count(compared);
      expect(compared.differences).toEqual([]);
    },
  );

  it.each(CHANGED)(
    'in world %i, in the answers to what they try to change',
    { timeout: 600_000 },
    async (seed) => {
      for (const who of changingIn(seed)) {
        const compared = await compareChanging(pair, seed, who);
        count(compared);
        expect(compared.differences).toEqual([]);
      }
    },
  );

  it.each(UNSEEN)(
    'in world %i, in all that is read once others did what is not seen',
    { timeout: 600_000 },
    async (seed) => {
      const compared = await compareUnseen(pair, seed, READERS[seed % READERS.length]!);
      count(compared);
      expect(compared.differences).toEqual([]);
      // Most of what they set out to do is done: else nothing would be compared.
      expect(compared.done).toBeGreaterThan(5);
    },
  );

  it('in all that rules say, whose authors see more', { timeout: 600_000 }, async () => {
    let said = 0;
    const verdicts = new Map<string, number>();
    for (const seed of JUDGED)
      for (const who of [0, 3, 5].map((turn) => READERS[(seed + turn) % READERS.length]!)) {
        const compared = await compareJudging(pair, seed, who);
        count(compared);
        expect(compared.differences).toEqual([]);
        said += compared.done;
        for (const verdict of compared.verdicts) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      }
    expect(said).toBeGreaterThan(JUDGED.length);
    // Of the rule that rests on what few see, some of what it says is a hit, and some is not.
    process.stdout.write(`Judged: ${[...verdicts].map(([verdict, n]) => `${n} ${verdict}`).join(', ')}\n`);
    expect(verdicts.get('HIT') ?? 0).toBeGreaterThan(0);
    expect([...verdicts.keys()].length).toBeGreaterThan(1);
  });

  it('is asked of every field of the schema that such a reader can reach', () => {
    const { all, hit } = pair.watched;
    const missed = all.filter((coordinate) => !hit.has(coordinate) && !unreachable(coordinate));
    const { pairs, asked, hidden } = totals;
    process.stdout.write(
      `Paired worlds: ${pairs} pairs, ${asked} documents in both, ${hidden} hidden rows; ` +
        `${hit.size} of ${all.length} fields resolved.\n${[...residuals].map(([why, n]) => `Residual, ${n} times: ${why}\n`).join('')}`,
    );
    expect(missed).toEqual([]);
    // A name that is taken, a cycle, and what stands above a run of theirs: each is met, or nothing was tried of it.
    expect(residuals.size).toBeGreaterThanOrEqual(3);
  });
});
