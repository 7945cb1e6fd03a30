import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { inTeams } from '../../testkit/in-teams.ts';
import { mutating } from '../../testkit/mutate.ts';
import { type SharedWorld, sharedWorld } from '../access/shared-world.ts';

let world: SharedWorld;
let both: Principal;
beforeAll(async () => {
  world = await sharedWorld();
  const teams = [...world.author.teamIds, ...world.named.teamIds];
  both = await inTeams(world.api.records, await world.api.person('REPORTER'), teams);
  const evaluation = (version: string) => ({ name: 'blackmail', version, visibility: 'MEMBERS' });
  await world.build('registerEvaluation', evaluation('ours'), 'evaluationVersion { id }');
  await world.by(world.named)('registerEvaluation', evaluation('theirs'), 'evaluationVersion { id }');
  await world.build('registerModelVersion', { model: 'tested', version: '1', visibility: 'MEMBERS' });
});
afterAll(() => world.api.close());

let runs = 0;
const run = (evaluation: string, evaluationVersion: string) => ({
  name: `run-of-${evaluationVersion}-${runs++}`,
  evaluation,
  evaluationVersion,
  modelVersion: 'model:lab/tested@1',
});
const record = (by: Principal, input: object) =>
  mutating(world.api, by)('recordEvalRun', { ...input }, 'evalRun { id }');

describe('a name that two of the own teams use', () => {
  it('is refused where something is to be recorded, with what it could mean', async () => {
    expect(await record(both, run('blackmail', 'ours'))).toMatchObject({
      __typename: 'NotFoundError',
      path: ['evaluation'],
      message: '"blackmail" could mean several things; write the team\'s namespace before the name.',
      candidates: ['lab/blackmail', 'other/blackmail'],
    });
    expect(await record(both, run('other/blackmail', 'theirs'))).toMatchObject({
      __typename: 'RecordEvalRunSuccess',
    });
  });

  it('means the own thing to somebody of one team', async () => {
    expect(await record(world.colleague, run('blackmail', 'ours'))).toMatchObject({
      __typename: 'RecordEvalRunSuccess',
    });
  });

  it('is read as the same one each time', async () => {
    const read = async () =>
      (await world.api.as(both)('{ evaluation(name: "blackmail") { name } }')).data.evaluation.name;
    expect([await read(), await read()]).toEqual(['lab/blackmail', 'lab/blackmail']);
  });
});
