import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { incident, makeWorld, rows, type World } from '../incident/world.ts';

// Evidence titled "lock A B" takes the lock A, waits until two writers hold their first, and asks for the lock B.
const MEETING = [
  'create sequence arrivals',
  'grant usage, select on sequence arrivals to public',
  `create function meet() returns trigger language plpgsql as $$
  declare words text[] := string_to_array(new.title, ' '); arrived bigint;
  begin
    if words[1] = 'always' then
      perform nextval('arrivals');
      raise exception 'deadlock detected' using errcode = '40P01';
    elsif words[1] = 'lock' then
      perform pg_advisory_xact_lock(77, words[2]::int);
      perform nextval('arrivals');
      loop
        select last_value into arrived from arrivals;
        exit when arrived >= 2;
        perform pg_sleep(0.01);
      end loop;
      perform pg_advisory_xact_lock(77, words[3]::int);
    end if;
    return new;
  end $$`,
  'create trigger meet before insert on evidence for each row execute function meet()',
];

describe('writers that deadlock', () => {
  let world: World;
  const ids: string[] = [];
  beforeAll(async () => {
    world = await makeWorld();
    for (const title of ['one', 'two']) {
      const made = await world.run(world.reporter, 'fileIncident', incident(title), 'incident { id }');
      ids.push(made.incident.id);
    }
    for (const statement of MEETING) await world.api.records.$executeRawUnsafe(statement);
  });
  afterAll(() => world.api.close());

  const add = (id: string | undefined, title: string) => {
    const input = { incident: id, kind: 'QUOTATION', title, text: title };
    return world.run(world.reporter, 'addEvidence', input, 'evidence { title }');
  };
  const arrivals = async () => {
    const [row] = await world.api.records.$queryRaw<[{ count: bigint }]>`
      select last_value as count from arrivals`;
    return Number(row?.count);
  };

  it('both succeed: the one that gave way tries again', async () => {
    const answers = await Promise.all([add(ids[0], 'lock 1 2'), add(ids[1], 'lock 2 1')]);
    expect(answers.map((answer) => answer.evidence?.title)).toEqual(['lock 1 2', 'lock 2 1']);
    // Two first attempts and one more: the deadlock came about.
    expect(await arrivals()).toBe(3);
    expect(await rows(world.api, 'evidence')).toBe(2);
  });

  it('are refused plainly where it comes back each time, with nothing written', async () => {
    const [evidence, events, before] = [
      await rows(world.api, 'evidence'),
      await rows(world.api, 'event'),
      await arrivals(),
    ];
    const refused = await add(ids[0], 'always');
    expect(refused).toMatchObject({ __typename: 'ConflictError', path: [] });
    expect(refused.message).toContain('try again');
    expect(await arrivals()).toBe(before + 3);
    expect([await rows(world.api, 'evidence'), await rows(world.api, 'event')]).toEqual([evidence, events]);
  });
});
