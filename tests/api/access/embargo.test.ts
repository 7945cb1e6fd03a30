import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutating } from '../../testkit/mutate.ts';
import { type SharedWorld, sharedWorld, WHAT } from './shared-world.ts';

let world: SharedWorld;
beforeAll(async () => {
  world = await sharedWorld();
});
afterAll(() => world.api.close());

describe('an embargo', () => {
  const clock = async (id: string, until: string) => {
    const decoded = world.api.services.ids.decode(id);
    await world.api.records.$executeRaw`
      update audience set embargoed_until = ${new Date(until)}
      where id = (select audience_id from node where id = ${decoded!.id})`;
  };

  it('hides a public incident from all but its team, those named and who reads everything, until the clock lifts it', async () => {
    const incident = await world.file({
      visibility: 'PUBLIC',
      sharedWith: [world.idOf(world.named)],
      embargoedUntil: '2099-01-01T00:00:00.000Z',
    });
    for (const viewer of [null, world.stranger]) expect(await world.sees(viewer, incident.id)).toBeNull();
    for (const viewer of [world.author, world.colleague, world.named, world.auditor])
      expect(await world.sees(viewer, incident.id)).toMatchObject({ title: WHAT.title });
    await clock(incident.id, '2020-01-01T00:00:00.000Z');
    for (const viewer of [null, world.stranger])
      expect(await world.sees(viewer, incident.id)).toMatchObject({ title: WHAT.title });
  });

  it('is refused for a time that has passed, and for what is no incident', async () => {
    const incident = await world.file({});
    const mutate = mutating(world.api, world.author);
    expect(
      await mutate(
        'shareWith',
        { target: incident.id, embargoedUntil: '2001-01-01T00:00:00.000Z' },
        'shared { id }',
      ),
    ).toMatchObject({ __typename: 'InputError', path: ['embargoedUntil'] });
    const { source } = await world.build('registerSource', { name: 'a-crawl' });
    expect(
      await mutate(
        'shareWith',
        { target: source.id, embargoedUntil: '2099-01-01T00:00:00.000Z' },
        'shared { id }',
      ),
    ).toMatchObject({ __typename: 'InputError', path: ['embargoedUntil'] });
  });
});
