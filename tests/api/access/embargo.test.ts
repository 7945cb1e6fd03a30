import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Prisma } from '../../../api/src/generated/prisma/client.ts';
import { mutating } from '../../testkit/mutate.ts';
import { untilWaiting } from '../../testkit/until-waiting.ts';
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

  /** What these share at once: all have begun, in this order, while another transaction holds what `rows` selects. */
  async function shareAtOnce(rows: Prisma.Sql, ...wishes: readonly object[]): Promise<void> {
    const { records } = world.api;
    const answers: Promise<unknown>[] = [];
    await records.$transaction(async (tx) => {
      await tx.$queryRaw(rows);
      for (const wish of wishes) {
        answers.push(world.build('shareWith', { ...wish }, 'shared { id }'));
        await untilWaiting(records, ...answers);
      }
    });
    await Promise.all(answers);
  }
  const sharingOf = async (id: string) => {
    const ask =
      'query ($id: ID!) { node(id: $id) { ... on Incident { sharing { embargoedUntil people { id } } } } }';
    return (await world.api.as(world.author)(ask, { id })).data.node.sharing;
  };

  const held = (id: string) => Prisma.sql`${world.api.services.ids.decode(id)!.id}`;
  const WHERE_HELD: [string, (id: string) => Prisma.Sql][] = [
    [
      'has an audience',
      (id) => Prisma.sql`select from audience where id = (select audience_id from node where id = ${held(id)})
        for no key update`,
    ],
    ['has none', (id) => Prisma.sql`select from node where id = ${held(id)} for no key update`],
  ];
  it.each(WHERE_HELD)(
    'stands when people are named on an incident that %s at the same moment, by each of the two first',
    async (what, rows) => {
      const until = '2099-01-01T00:00:00.000Z';
      for (const embargoFirst of [true, false]) {
        const sharedWith = what === 'has none' ? {} : { sharedWith: [world.idOf(world.colleague)] };
        const { id } = await world.file({ visibility: 'PUBLIC', ...sharedWith });
        const lay = { target: id, embargoedUntil: until };
        const name = { target: id, people: [world.idOf(world.named)] };
        await shareAtOnce(rows(id), ...(embargoFirst ? [lay, name] : [name, lay]));
        expect(await sharingOf(id)).toEqual({
          embargoedUntil: until,
          people: [{ id: world.idOf(world.named) }],
        });
        for (const viewer of [null, world.stranger]) expect(await world.sees(viewer, id)).toBeNull();
        expect(await world.sees(world.named, id)).toMatchObject({ title: WHAT.title });
      }
    },
  );
});
