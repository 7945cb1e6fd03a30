import { describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { Gatherings } from '../platform/gatherings.ts';
import { ConflictRefusal, InputRefusal } from '../platform/refusal.ts';
import { EndUnknown } from '../platform/statements.ts';
import { TurnNeverCame } from '../platform/turns.ts';
import { inSharedChange, type SharedChange } from './shared-change.ts';
import { type Principal, ROLE_SCOPES } from './viewer.ts';

const viewer: Principal = {
  ...{ kind: 'principal', actorId: 1n, actorKind: 'PERSON', name: 'Writer', role: 'REPORTER' },
  ...{ teamIds: [1n], scopes: new Set(ROLE_SCOPES.REPORTER), sessionId: null, tokenId: null },
};

/**
 * Transactions of which nothing is kept but which sort they were, in order. It answers one row to whatever is asked: the
 * moment, and how the writer's account stands now.
 */
function process(fails: { shared?: () => Error; turn?: () => Error } = {}, account = viewer) {
  const ran: string[] = [];
  const row = { ...account, at: 1, moment: new Date(0) };
  const tx = { $queryRaw: async () => [row], $executeRaw: async () => 0 };
  const begun = (sort: string) => async (work: (on: typeof tx) => Promise<unknown>) => {
    ran.push(sort);
    const result = await work(tx);
    if (sort === 'shared' && fails.shared) throw fails.shared();
    return result;
  };
  const gatherings = new Gatherings();
  const context = () =>
    ({
      viewer,
      gatherings,
      resident: null,
      turns: {
        take: async (work: () => unknown) => {
          if (fails.turn) throw fails.turn();
          return work();
        },
      },
      certainty: { reached: async () => undefined },
      beyondSight: { $statements: begun('shared'), $transaction: begun('alone') },
      forget: () => undefined,
    }) as unknown as Context;
  return { ran, context };
}

const doubling: SharedChange<number, number, number> = {
  scope: 'write:incidents',
  async prepare(_context, input) {
    if (input < 0) throw new InputRefusal([], 'Less than nothing.', '0 or more');
    return input === 0 ? null : input;
  },
  async record(_tx, parts) {
    if (parts.some(({ prepared }) => prepared === 13)) throw new Error('thirteen');
    return parts.map(({ prepared }) => prepared * 2);
  },
  async alone(_change, input) {
    if (input === 13) throw new InputRefusal([], 'Thirteen.', 'another number');
    return input * 2;
  },
};

const told = (settled: readonly PromiseSettledResult<number>[]) =>
  settled.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message));

describe('a change that many make together', () => {
  it('takes one transaction, each with their own result', async () => {
    const { ran, context } = process();
    const made = await Promise.all([1, 2, 3].map((n) => inSharedChange(context(), doubling, n)));
    expect(made).toEqual([2, 4, 6]);
    expect(ran).toEqual(['shared']);
  });

  it('is made by each alone where it fails for one, who alone is refused', async () => {
    const { ran, context } = process();
    const made = await Promise.allSettled([1, 13, 3].map((n) => inSharedChange(context(), doubling, n)));
    expect(told(made)).toEqual([2, 'Thirteen.', 6]);
    expect(ran).toEqual(['shared', 'alone', 'alone', 'alone']);
  });

  it('is none for who is refused before it, nor for who is to go alone', async () => {
    const { ran, context } = process();
    const made = await Promise.allSettled([-1, 0, 2].map((n) => inSharedChange(context(), doubling, n)));
    expect(told(made)).toEqual(['Less than nothing.', 0, 4]);
    expect([...ran].sort()).toEqual(['alone', 'shared']);
  });

  it('is not made again where it may stand already', async () => {
    const { ran, context } = process({ shared: () => new EndUnknown(new Error('gone')) });
    const made = await Promise.allSettled([1, 2].map((n) => inSharedChange(context(), doubling, n)));
    expect(made.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(ran).toEqual(['shared']);
  });

  it('is refused plainly where its turn does not come', async () => {
    const { ran, context } = process({ turn: () => new TurnNeverCame() });
    const refused = inSharedChange(context(), doubling, 1);
    await expect(refused).rejects.toThrow(ConflictRefusal);
    await expect(refused).rejects.toThrow('Too many changes are being made at once.');
    expect(ran).toEqual([]);
  });

  it('is made for nobody whose rights ended while it waited', async () => {
    const { ran, context } = process({}, { ...viewer, role: 'VIEWER' });
    const made = await Promise.allSettled([1, 2].map((n) => inSharedChange(context(), doubling, n)));
    expect(told(made)).toEqual(Array(2).fill(expect.stringContaining('role or teams were changed')));
    expect(ran).toEqual(['shared', 'alone', 'alone']);
  });

  it('is for nobody who may not make it', async () => {
    const { ran, context } = process();
    const reader = { ...context(), viewer: { ...viewer, role: 'VIEWER', scopes: new Set(['read']) } };
    await expect(inSharedChange(reader as unknown as Context, doubling, 1)).rejects.toThrow();
    expect(ran).toEqual([]);
  });
});
