import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { readAgain as readFileAgain } from '../../../api/src/interchange/reread-import.ts';
import { beginRereading, goOnRereading } from '../../../api/src/interchange/reread-many-runs.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { inTeams } from '../../testkit/in-teams.ts';
import { ask, world } from '../evaluation/scoring-world.ts';
import {
  bringIn,
  colleague,
  openHiddenRules,
  owner,
  pastTriggers,
  readAgain,
  readEarlier,
  readings,
  register,
  ruled,
  stranger,
  told,
} from './hidden-rules-world.ts';
import { asJson, logOf } from './inspect-fixture.ts';

beforeAll(openHiddenRules);
afterAll(() => world.close());

type Run = Awaited<ReturnType<typeof bringIn>>;

interface Change {
  subject: string;
  before: string | null;
  after: string | null;
}
const changes = async (viewer: Principal, run: Run, task: string): Promise<Change[]> =>
  (await readings(viewer, run, task))[0].changes;
const of = (said: readonly Change[], start: string) =>
  said.filter(({ subject }) => subject.startsWith(start));

describe('a file that is read again by a rule which somebody does not see', () => {
  it('is told of the same to them, where the rule was not there before', async () => {
    const [task, plain] = ['read-again', 'read-again-plain'];
    const [hidden, none] = [await bringIn(task), await bringIn(plain)];
    await ruled(task, 'hidden-thing');
    await readEarlier(hidden, none);
    for (const { id } of [hidden, none]) await readAgain(id);
    const seen = await readings(stranger, hidden, task);
    expect(seen).toHaveLength(1);
    expect(seen[0].changes).toContainEqual({
      subject: 'samples that differ otherwise',
      before: null,
      after: '1',
    });
    expect(seen).toEqual(await readings(stranger, none, plain));
    expect(JSON.stringify(await readings(colleague, hidden, task))).toMatch(
      /measurement of b\/hidden-thing.*samples with another outcome/,
    );
  });

  it.each([
    ['is kept beside the measurement and was not', 'kept-beside', 'delete from score s', []],
    [
      'another was kept beside the measurement',
      'renamed',
      "update score s set metric = 'older'",
      ['score older by b/match@', 'score accuracy by b/match@'],
    ],
  ])('is told of to them as one that none read, where a metric %s', async (_what, task, before, expected) => {
    await ruled(task, 'hidden-thing');
    const plain = `plain-${task}`;
    const [hidden, none] = [await bringIn(task), await bringIn(plain)];
    await readEarlier(hidden, none);
    await pastTriggers('score', async () => {
      const isPlain = before.startsWith('update')
        ? `or s.eval_run_id in (select node_id from eval_run where import_id = ${none.id})`
        : '';
      await world.records.$executeRawUnsafe(
        `${before} where s.grader_version_id is not null and (s.covered_by <> '{}' ${isPlain})`,
      );
    });
    for (const { id } of [hidden, none]) await readAgain(id);
    expect(await readings(stranger, hidden, task)).toEqual(await readings(stranger, none, plain));
    for (const viewer of [stranger, owner]) {
      const scores = of(await changes(viewer, hidden, task), 'score ');
      expect(scores.map(({ subject }) => subject.replace(/@.*/, '@'))).toEqual(expected);
    }
  });

  it('is told of without what was measured since, which no file says, and which not everybody may see', async () => {
    const [task, plain] = ['measured-since', 'measured-since-plain'];
    const [run, none] = [await bringIn(task), await bringIn(plain)];
    await register(owner, 'measured-since', 'MEMBERS');
    const measurement = { behavior: 'b/measured-since', exhibited: 4, notExhibited: 1 };
    const { made } = await ask(
      stranger,
      'mutation ($input: RecordMeasurementInput!) { made: recordMeasurement(input: $input) { __typename } }',
      { input: { evalRun: run.ref, measurement } },
    );
    expect(made.__typename).toBe('RecordMeasurementSuccess');
    await readEarlier(run, none);
    for (const { id } of [run, none]) await readAgain(id);
    for (const viewer of [stranger, colleague, owner]) {
      const seen = await readings(viewer, run, task);
      expect(seen).toHaveLength(1);
      expect(seen).toEqual(await readings(viewer, none, plain));
    }
  });

  it('is told of as by none, where a run was measured before it was kept which rule did, though all see the rule', async () => {
    await register(owner, 'murder', 'TEAM');
    const log = logOf({ evalId: 'ownmurder02', args: { scenario: 'murder' }, verdicts: [1] });
    const { row } = await world.bringIn(owner, asJson(log));
    const ref = 'eval-run:b/inspect_evals/agentic_misalignment/ownmurde';
    const { run } = await ask(owner, 'query ($ref: NodeRef!) { run: lineageNode(ref: $ref) { id } }', {
      ref,
    });
    await ask(owner, 'mutation ($input: ShareWithInput!) { shareWith(input: $input) { __typename } }', {
      input: { target: run.id, visibility: 'MEMBERS' },
    });
    await pastTriggers(
      'measurement',
      () => world.records.$executeRaw`
        update measurement set scoring_rule_version_id = null
        where eval_run_id in (select node_id from eval_run where import_id = ${row.id})`,
    );
    await readAgain(row.id);
    const read = async (viewer: Principal) => (await told(viewer, ref)).import.readings;
    expect(await read(stranger)).toHaveLength(1);
    expect(JSON.stringify(await read(stranger))).not.toMatch(/measured as a behaviour|scoring rule/);
    expect(JSON.stringify(await read(owner))).toMatch(/measured as a behaviour/);
  });
});

describe('a file that is read again and says what another file had recorded', () => {
  const ownId = (run: Run) => world.services.ids.encode('Import', run.id);
  /** The events of its readings: the node that each is as narrow as, and how wide besides. */
  const toldOf = (run: Run) => world.records.$queryRaw<{ node: bigint | null; visibility: string }[]>`
    select e.node_id as node, e.visibility::text as visibility from event e join import i on i.id = ${run.id}
    where e.type = 'IMPORT_REREAD' and e.payload->>'digest' = i.digest`;

  it.each(['at once', 'in batches'])(
    'is told of to whoever sees that run, and to nobody else, %s',
    async (how) => {
      const task = `found-${how.replace(' ', '-')}`;
      const run = await bringIn(task);
      await readEarlier(run);
      // The same log in other bytes, to today's reader: its run stands beside, under another name.
      const { row } = await world.bringIn(colleague, Buffer.concat([run.bytes, Buffer.from('\n')]));
      const [other] = await world.records.$queryRaw<[{ id: bigint }]>`
      select node_id as id from eval_run where import_id = ${row.id}`;
      const target = world.services.ids.encode('EvalRun', other.id);
      await ask(colleague, 'mutation ($input: ShareWithInput!) { shareWith(input: $input) { __typename } }', {
        input: { target, visibility: 'TEAM' },
      });
      if (how === 'at once') await readAgain(run.id);
      else {
        const context = requestContext(world.services, owner);
        const reread = await readFileAgain(context, { import: ownId(run) });
        await inChange(context, 'write:evals', (change) => beginRereading(change, reread));
        await goOnRereading(context, reread, { batch: 1 });
      }
      expect(await readings(owner, run, task)).toMatchObject([{ same: true, changes: [] }]);
      expect(await readings(colleague, run, task)).toHaveLength(1);
      expect(await readings(stranger, run, task)).toEqual([]);
      expect(await toldOf(run)).toEqual([{ node: other.id, visibility: 'MEMBERS' }]);
    },
  );
});

describe('what a file that is read again says otherwise of two things with one name', () => {
  it('is told of the behaviour that somebody sees, and not of the other', async () => {
    const { id } = await world.records.team.create({ data: { namespace: 'c', name: 'C' } });
    const ofOther = await inTeams(world.records, await world.person('REPORTER'), [id]);
    await register(owner, 'twin', 'TEAM');
    await register(ofOther, 'twin', 'MEMBERS');
    const task = 'twins';
    await ruled(task, 'b/twin');
    await ruled(task, 'c/twin', { scorer: 'other' });
    const run = await bringIn(task);
    await readEarlier(run);
    await pastTriggers(
      'measurement',
      () => world.records.$executeRaw`
        update measurement set exhibited = exhibited + 1, sample_count = sample_count + 1
        where eval_run_id in (select node_id from eval_run where import_id = ${run.id})`,
    );
    await readAgain(run.id);
    const measured = async (viewer: Principal) =>
      of(await changes(viewer, run, task), 'measurement ').map(({ subject }) => subject);
    expect(await measured(colleague)).toEqual(['measurement of b/twin', 'measurement of c/twin']);
    expect(await measured(stranger)).toEqual(['measurement of c/twin']);
  });

  it('is told of the version of the grader that somebody sees, and not of another', async () => {
    const task = 'versions';
    const run = await bringIn(task);
    await readEarlier(run);
    await world.records.$executeRaw`
      with other as (
        insert into grader_version (grader_id, version, kind, visibility, team_id, actor_id)
        select v.grader_id, 'hidden-version', v.kind, 'TEAM', v.team_id, v.actor_id
        from grader_version v join grader g on g.id = v.grader_id where g.name = 'match' order by v.id limit 1
        returning id)
      insert into score (eval_run_id, metric, value, grader_version_id, visibility, team_id, actor_id)
      select s.eval_run_id, s.metric, 0.1, other.id, s.visibility, s.team_id, s.actor_id
      from score s join eval_run r on r.node_id = s.eval_run_id cross join other
      where r.import_id = ${run.id} and s.grader_version_id is not null`;
    await pastTriggers(
      'score',
      () => world.records.$executeRaw`
        update score set value = 0.7 where value = 0.5
          and eval_run_id in (select node_id from eval_run where import_id = ${run.id})`,
    );
    await readAgain(run.id);
    const scores = async (viewer: Principal) =>
      of(await changes(viewer, run, task), 'score accuracy by').map((one) => Object.values(one));
    const seen = [expect.stringMatching(/^score accuracy by b\/match@[0-9a-f]+$/), '0.7', '0.5'];
    expect(await scores(stranger)).toEqual([seen]);
    const hidden = ['score accuracy by b/match@hidden-version', '0.1', null];
    expect((await scores(colleague)).sort()).toEqual([seen, hidden].sort());
  });
});
