import { afterAll, beforeAll, expect, it } from 'vitest';
import { seenWhole } from '../../../api/src/interchange/seen-whole.ts';
import { MOST_LISTED } from '../../../api/src/platform/listed.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { aiid, json } from './incidents-fixture.ts';
import { type ImportWorld, importWorld } from './inspect-fixture.ts';

let world: ImportWorld;
beforeAll(async () => {
  world = await importWorld();
});
afterAll(() => world.close());

it('a file of more incidents than a list shows is whole for nobody who does not see the last that was there before', async () => {
  const [reporter, colleague] = [await world.person('REPORTER'), await world.person('REPORTER')];
  const known = Array.from({ length: MOST_LISTED + 1 }, (_, i) => aiid(i + 1));
  await world.bringIn(reporter, json(known));
  const { id, row } = await world.bringIn(reporter, json([...known, aiid(known.length + 1)]));
  expect(row.report?.kept).toContainEqual({
    field: 'records that say what is recorded already',
    how: known.length.toLocaleString('en'),
  });
  const isWhole = () => requestContext(world.services, colleague).load(seenWhole, id);
  expect(await isWhole()).toBe(true);
  await world.records.$executeRaw`update node set visibility = 'RESTRICTED' where id = (
    select node_id from incident where title = ${`Incident ${known.length}`})`;
  expect(await isWhole()).toBe(false);
}, 120_000);
