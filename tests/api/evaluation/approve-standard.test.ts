import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS } from '../../../api/src/access/viewer.ts';
import { makeWorld, mutate, rows, type World } from '../incident/world.ts';

const VERSION = `standardVersion { label approvals {
  by decision comment at recordedBy { name } recordedAt citation { source certainty } } }`;
const counts = async (world: World) =>
  Promise.all(['standard_approval', 'citation', 'event'].map((table) => rows(world.api, table)));

describe('decisions on a standard', () => {
  let world: World;
  let name = '';
  beforeAll(async () => {
    world = await makeWorld();
    name = world.reporter.kind === 'principal' ? world.reporter.name : '';
    for (const version of ['1', '2']) await publish('constitution', version);
  });
  afterAll(() => world.api.close());

  const publish = async (standard: string, version: string, visibility = 'MEMBERS') => {
    const input = { name: standard, title: 'A constitution', kind: 'constitution', version };
    await world.run(world.reporter, 'publishStandard', input, 'standardVersion { id }');
    const change = `update standard_version v set visibility = '${visibility}' from standard s
      where s.id = v.standard_id and s.name = '${standard}' and v.version = '${version}'`;
    await world.api.records.$executeRawUnsafe(change);
  };
  const decide = (input: object, as = world.reporter) =>
    world.run(as, 'approveStandard', { standard: 'constitution', ...input }, VERSION);

  it('are recorded with who decided, what and why, and dissent stays beside approval', async () => {
    const input = { version: '1', decision: 'APPROVED', comment: 'Good enough to try.' };
    const first = await decide(input);
    expect(first.standardVersion.approvals).toMatchObject([
      {
        by: name,
        decision: 'APPROVED',
        comment: 'Good enough to try.',
        recordedBy: { name },
        citation: null,
      },
    ]);
    expect(first.standardVersion.approvals[0].at).not.toBeNull();
    const citation = { source: 'Minutes of the board', certainty: 'PRIMARY' };
    await decide({ version: '1', decision: 'DISSENTED', by: 'The board', comment: 'Too vague.', citation });
    const { standardVersion } = await decide({ version: '1', decision: 'DISSENTED', comment: 'It failed.' });
    expect(
      standardVersion.approvals.map((a: { by: string; decision: string }) => [a.by, a.decision]),
    ).toEqual([
      [name, 'APPROVED'],
      ['The board', 'DISSENTED'],
      [name, 'DISSENTED'],
    ]);
    expect(standardVersion.approvals[1]).toMatchObject({
      at: null,
      recordedBy: { name },
      citation: { source: 'Minutes of the board', certainty: 'PRIMARY' },
    });
  });

  it('are about the newest version where none is named, and are told of by an event', async () => {
    const { standardVersion } = await decide({ decision: 'ABSTAINED' }, world.investigator);
    expect(standardVersion.label).toBe('A constitution 2');
    const events = await world.api.records.$queryRaw<{ payload: unknown }[]>`
      select payload from event where type = 'STANDARD_DECIDED' order by id desc limit 1`;
    expect(events[0]?.payload).toMatchObject({
      standard: 'constitution',
      version: '2',
      decision: 'ABSTAINED',
    });
  });

  it.each([
    ['an unknown standard', { standard: 'constitutoin' }, 'NotFoundError', ['standard']],
    ['an unknown version', { version: '9' }, 'NotFoundError', ['version']],
    ["somebody else's decision without a source", { by: 'The board' }, 'InputError', ['citation']],
    ['nobody', { by: ' ' }, 'InputError', ['by']],
    ['a dissent without a reason', { decision: 'DISSENTED' }, 'InputError', ['comment']],
    ['a decision in the future', { at: '2999-01-01T00:00:00Z' }, 'InputError', ['at']],
  ])('are refused for %s, at its place, with nothing written', async (_what, wrong, type, path) => {
    const before = await counts(world);
    const refused = await decide({ version: '2', decision: 'APPROVED', ...wrong }, world.other);
    expect(refused).toMatchObject({ __typename: type, path });
    expect(await counts(world)).toEqual(before);
  });

  it('are refused where the same was decided last by the same person', async () => {
    await decide({ version: '2', decision: 'APPROVED' }, world.other);
    const again = await decide({ version: '2', decision: 'APPROVED' }, world.other);
    expect(again).toMatchObject({ __typename: 'ConflictError', path: ['decision'] });
  });

  it('need a sign-in and a role that records evaluations', async () => {
    const input = { standard: 'constitution', decision: 'APPROVED' };
    for (const [viewer, code] of [
      [ANONYMOUS, 'UNAUTHENTICATED'],
      [world.viewer, 'FORBIDDEN'],
    ] as const) {
      const { errors } = await mutate(world.api, viewer, 'approveStandard', input, '__typename');
      expect(errors).toMatchObject([{ code }]);
    }
  });

  it('on a hidden version neither are taken from, nor shown to, those who may not see it', async () => {
    await publish('secret rules', '1', 'RESTRICTED');
    const refused = await decide(
      { standard: 'secret rules', version: '1', decision: 'APPROVED' },
      world.investigator,
    );
    expect(refused).toMatchObject({ __typename: 'NotFoundError', path: ['version'] });
    await decide({ standard: 'secret rules', version: '1', decision: 'APPROVED' });
    const query = '{ standard(name: "secret rules") { versions { approvals { by } } } }';
    const seen = await world.ask(world.reporter, query);
    expect(seen.standard.versions).toMatchObject([{ approvals: [{ by: name }] }]);
    expect((await world.ask(world.investigator, query)).standard.versions).toEqual([]);
    const [event] = await world.api.records.$queryRaw<{ visibility: string }[]>`
      select visibility::text from event where type = 'STANDARD_DECIDED' order by id desc limit 1`;
    expect(event?.visibility).toBe('RESTRICTED');
  });
});
