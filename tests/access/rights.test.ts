import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { buildSchema } from '../../api/src/graphql/schema.ts';
import { RIGHT_MUTANTS, type Right, type RightMutant } from './right-mutants.ts';
import { Rights } from './rights.ts';
import { type WorldDatabase, worldDatabase } from './world/database.ts';

/** What became of one of the five. */
const policy = vi.hoisted(() => ({
  mutant: null as RightMutant | null,
  /** A module in which each of these asks the mutant, where there is one of it. */
  mutable<M extends object>(actual: M, ...rights: Right[]): M {
    const asked = rights.map((right) => {
      const original = Reflect.get(actual, right) as Parameters<RightMutant['of']>[0];
      const judge: typeof original = (...given) =>
        (policy.mutant?.right === right ? policy.mutant.of(original) : original)(...given);
      return [right, judge];
    });
    return { ...actual, ...Object.fromEntries(asked) };
  },
}));

vi.mock('../../api/src/incident/incident.access.ts', async (original) =>
  policy.mutable(await original<object>(), 'mayEdit', 'mayMove'),
);
vi.mock('../../api/src/access/sharing.ts', async (original) =>
  policy.mutable(await original<object>(), 'mayShare'),
);
vi.mock('../../api/src/incident/evidence.access.ts', async (original) =>
  policy.mutable(await original<object>(), 'mayReadReveals'),
);
vi.mock('../../api/src/interchange/kept-file.access.ts', async (original) =>
  policy.mutable(await original<object>(), 'mayReadImportReveals'),
);

let database: WorldDatabase;
let rights: Rights;
beforeAll(async () => {
  database = await worldDatabase(inject('postgres'));
  rights = await Rights.of(buildSchema(), database);
});
afterEach(() => {
  policy.mutant = null;
});
afterAll(() => database.close());

describe('what somebody may do to a thing that they see', { timeout: 120_000 }, () => {
  it('is what is said of it, for everybody, whosever the thing is', async () => {
    expect(await rights.wrong()).toEqual([]);
  });
});

describe('a mutant of who may is found out', { timeout: 120_000 }, () => {
  it.each(RIGHT_MUTANTS.map((mutant) => [mutant.right, mutant.name, mutant] as const))(
    '%s: %s',
    async (_right, _name, mutant) => {
      policy.mutant = mutant;
      expect(await rights.wrong(true)).not.toEqual([]);
    },
  );
});
