import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { watchedSchema } from './ask/schema.ts';
import { bare, callersOf } from './callers.ts';
import {
  CONDITION_MUTANTS,
  type ConditionMutant,
  PREDICATE_MUTANTS,
  type PredicateMutant,
  ruleMutants,
} from './mutants.ts';
import { compareReading, type Pair } from './pair.ts';
import { wrongSightings } from './sightings.ts';
import { worldDatabase } from './world/database.ts';
import { generateWorld } from './world/generate.ts';
import type { PrincipalName } from './world/principals.ts';

/** Which of the two walls stand, and what became of the first. */
const walls = vi.hoisted(() => ({
  first: true,
  second: true,
  mutant: null as PredicateMutant | null,
  condition: null as ConditionMutant | null,
}));

vi.mock('../../api/src/access/visibility.ts', async (original) => {
  const actual = await original<typeof import('../../api/src/access/visibility.ts')>();
  const { Prisma } = await import('../../api/src/generated/prisma/client.ts');
  const visible: typeof actual.visible = (viewer, alias) => {
    if (!walls.first) return Prisma.sql`(true)`;
    return (walls.mutant === null ? actual.visible : walls.mutant.of(actual.visible))(viewer, alias);
  };
  return { ...actual, visible };
});

vi.mock('../../api/src/evaluation/condition-sight.store.ts', async (original) => {
  const actual = await original<typeof import('../../api/src/evaluation/condition-sight.store.ts')>();
  const { Prisma } = await import('../../api/src/generated/prisma/client.ts');
  const conditionSeen: typeof actual.conditionSeen = (viewer) => {
    if (!walls.first) return Prisma.sql`(true)`;
    return (walls.condition === null ? actual.conditionSeen : walls.condition.of(actual.conditionSeen))(
      viewer,
    );
  };
  return { ...actual, conditionSeen };
});

vi.mock('../../api/src/access/rights.ts', async (original) => {
  const actual = await original<typeof import('../../api/src/access/rights.ts')>();
  const { SEES_ALL } = await import('../../api/src/platform/rights.ts');
  const rightsOf: typeof actual.rightsOf = (viewer) => (walls.second ? actual.rightsOf(viewer) : SEES_ALL);
  return { ...actual, rightsOf };
});

const WORLDS = Number(process.env.HEADWATER_MUTANT_WORLDS ?? 3);
const SECOND_WALL_WORLDS = Number(process.env.HEADWATER_WALL_WORLDS ?? 4);
const READERS: readonly PrincipalName[] = [
  'anonymous',
  'rivalViewer',
  'named',
  'author',
  'labReporter',
  'tokenToFile',
];

let pair: Pair;

beforeAll(async () => {
  const server = inject('postgres');
  const [recorded, never] = await Promise.all([worldDatabase(server), worldDatabase(server)]);
  pair = { watched: watchedSchema(), recorded, never };
});
afterEach(() => {
  Object.assign(walls, { first: true, second: true, mutant: null, condition: null });
});
afterAll(async () => {
  await Promise.all([pair.recorded.close(), pair.never.close()]);
});

/** What is shown wrongly in some worlds; of a mutant, until something is. */
async function wrong(untilSomething: boolean): Promise<string[]> {
  const found: string[] = [];
  for (let seed = 1; seed <= WORLDS && !(untilSomething && found.length > 0); seed += 1) {
    const world = generateWorld(seed);
    await pair.recorded.load(world);
    found.push(...(await wrongSightings(pair.watched.schema, pair.recorded.services, world)));
  }
  return found;
}

describe('each of the two walls', { timeout: 300_000 }, () => {
  it('shows everybody all that they may see, and nothing else, together', async () => {
    expect(await wrong(false)).toEqual([]);
  });

  it('shows everybody all that they may see, and nothing else, where the predicate stands alone', async () => {
    walls.second = false;
    expect(await wrong(false)).toEqual([]);
  });

  it('shows everybody all that they may see, and nothing else, where row-level security stands alone', async () => {
    walls.first = false;
    expect(await wrong(false)).toEqual([]);
  });

  it('hides as if never recorded, in every field, where the predicate stands alone', async () => {
    walls.second = false;
    for (let seed = 101; seed < 101 + SECOND_WALL_WORLDS; seed += 1)
      expect((await compareReading(pair, seed, READERS[seed % READERS.length]!)).differences).toEqual([]);
  });

  it('hides as if never recorded, in every field, where row-level security stands alone', async () => {
    walls.first = false;
    for (let seed = 201; seed < 201 + SECOND_WALL_WORLDS; seed += 1)
      expect((await compareReading(pair, seed, READERS[seed % READERS.length]!)).differences).toEqual([]);
  });
});

describe('a mutant of the predicate is found out', { timeout: 300_000 }, () => {
  it.each(PREDICATE_MUTANTS.map((mutant) => [mutant.name, mutant] as const))('%s', async (_name, mutant) => {
    walls.second = false;
    walls.mutant = mutant;
    expect(await wrong(true)).not.toEqual([]);
  });
});

describe('a mutant of how conditions are seen is found out', { timeout: 300_000 }, () => {
  it.each(CONDITION_MUTANTS.map((mutant) => [mutant.name, mutant] as const))('%s', async (_name, mutant) => {
    walls.second = false;
    walls.condition = mutant;
    expect(await wrong(true)).not.toEqual([]);
  });
});

describe('a mutant of the list of permissions is found out', () => {
  const sdl = bare(watchedSchema().schema);
  const reviewed = readFileSync(new URL('callers.md', import.meta.url), 'utf8');

  it.each(ruleMutants().map((mutant) => [mutant.name, mutant] as const))('%s', (_name, mutant) => {
    const restore = mutant.make();
    try {
      expect(reviewed.includes(callersOf(sdl))).toBe(false);
    } finally {
      restore();
    }
    expect(reviewed.includes(callersOf(sdl))).toBe(true);
  });
});
