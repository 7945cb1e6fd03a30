import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import { ConflictRefusal } from '../../../api/src/platform/refusal.ts';
import { turnsOf } from '../../../api/src/platform/turns.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type SharedWorld, sharedWorld } from './shared-world.ts';

/** As many as could hold every connection of the test's pool, twice over. */
const BURST = Array.from({ length: 8 }, (_, i) => i);

let world: SharedWorld;
beforeAll(async () => {
  world = await sharedWorld();
});
afterAll(() => world.api.close());

describe('more changes at once than there are connections', () => {
  it('all succeed, though each reads beside its transaction', async () => {
    const source = { of: 'dataset:lab/raw@1', amount: 1 };
    await world.build('registerDatasetVersion', { dataset: 'raw', version: '1' });
    for (const i of BURST)
      await world.build('registerDatasetVersion', { dataset: `made-${i}`, version: '1' });
    const made = await Promise.all(
      BURST.map((i) =>
        world.build('recordTransformation', {
          output: `dataset:lab/made-${i}@1`,
          transformation: { name: `make-${i}`, composition: { unit: 'FRACTION', inputs: [source] } },
        }),
      ),
    );
    expect(made.map(({ transformation }) => transformation.ref)).toEqual(
      BURST.map((i) => `transformation:lab/make-${i}`),
    );
  });

  it('are refused plainly where their turn does not come, and the turn is given back', async () => {
    const { services } = world.api;
    const turns = turnsOf(2, 50);
    const context = () => requestContext({ ...services, turns }, world.author);
    let end = () => {};
    const long = inChange(context(), 'write:lineage', () => new Promise<void>((resolve) => (end = resolve)));
    const refused = inChange(context(), 'write:lineage', async () => 'done');
    await expect(refused).rejects.toThrow(ConflictRefusal);
    await expect(refused).rejects.toThrow('Too many changes are being made at once.');
    end();
    await long;
    expect(await inChange(context(), 'write:lineage', async () => 'done')).toBe('done');
  });
});
