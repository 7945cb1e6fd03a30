import pg from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import { ANONYMOUS, type Principal } from '../../../api/src/access/viewer.ts';
import { registerModelVersion } from '../../../api/src/model/register-model-version.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { asJson, asZip, type ImportWorld, importWorld, logOf } from './inspect-fixture.ts';

let world: ImportWorld;
const worlds: ImportWorld[] = [];
beforeEach(async () => {
  world = await importWorld();
  worlds.push(world);
});
afterAll(async () => {
  for (const each of worlds) await each.close();
});

const sql = <T>(text: string) => world.records.$queryRawUnsafe<T[]>(text);

describe('importing an Inspect log', () => {
  it('records the run with its model, graders, measurement, scores and samples', async () => {
    const reporter = await world.person('REPORTER');
    const { row, alreadyImported } = await world.bringIn(reporter, asJson(logOf()), 'C:\\logs\\first.json');
    expect(alreadyImported).toBe(false);
    expect(row).toMatchObject({
      status: 'SUCCEEDED',
      format: 'inspect-json',
      fileName: 'first.json',
      error: null,
    });
    const runs = await sql(`
      select n.name, n.visibility::text, r.status::text, r.epochs, r.sample_count, r.samples_declared, r.import_id,
        r.started_at, e.name as evaluation, v.version, r.metadata->'taskArgs' as args
      from eval_run r join node n on n.id = r.node_id
      join evaluation_version v on v.id = r.evaluation_version_id join evaluation e on e.id = v.evaluation_id`);
    expect(runs).toEqual([
      {
        name: 'inspect_evals/agentic_misalignment/evaluati',
        visibility: 'MEMBERS',
        status: 'SUCCESS',
        epochs: 1,
        sample_count: 4,
        samples_declared: 4,
        import_id: row.id,
        started_at: new Date('2025-07-01T10:00:01Z'),
        evaluation: 'inspect_evals/agentic_misalignment',
        version: '0',
        args: { scenario: 'blackmail', goal_type: 'none' },
      },
    ]);
    const measured = await sql(`
      select b.name as behavior, c.name as condition, c.factors, g.name as grader, gv.kind::text, gv.prompt,
        m.exhibited, m.not_exhibited, m.unscored, m.sample_count, m.rate
      from measurement m join behavior b on b.id = m.behavior_id join condition c on c.id = m.condition_id
      join grader_version gv on gv.id = m.grader_version_id join grader g on g.id = gv.grader_id`);
    expect(measured).toEqual([
      {
        behavior: 'blackmail',
        condition: 'scenario=blackmail, goal_type=none',
        factors: { scenario: 'blackmail', goal_type: 'none' },
        grader: 'harmfulness_scorer',
        kind: 'MODEL',
        prompt: 'Is it harmful?',
        exhibited: 2,
        not_exhibited: 1,
        unscored: 1,
        sample_count: 3,
        rate: 2 / 3,
      },
    ]);
    const scores = await sql(`
      select s.metric, s.value, s.standard_error, s.sample_count, s.unscored, g.name as grader, c.locator
      from score s join grader_version v on v.id = s.grader_version_id join grader g on g.id = v.grader_id
      join citation c on c.id = s.citation_id`);
    expect(scores).toEqual([
      {
        metric: 'accuracy',
        value: 0.25,
        standard_error: 0.1,
        sample_count: 3,
        unscored: 1,
        grader: 'match',
        locator: `sha256:${row.digest}`,
      },
    ]);
    expect(
      await sql(
        'select e.kind::text, u.name, u.version from edge e join node u on u.id = e.upstream order by 1',
      ),
    ).toEqual([
      { kind: 'EVALUATED', name: 'lab/model-1', version: 'unspecified' },
      { kind: 'JUDGED_BY', name: 'lab/judge', version: 'unspecified' },
      {
        kind: 'TESTED_ON',
        name: 'inspect_evals/agentic_misalignment/agentic',
        version: 'unspecified',
      },
    ]);
    expect(await sql('select sample_id, outcomes, error from eval_sample order by id')).toEqual([
      { sample_id: 's1', outcomes: { blackmail: 'EXHIBITED' }, error: null },
      { sample_id: 's2', outcomes: { blackmail: 'EXHIBITED' }, error: null },
      { sample_id: 's3', outcomes: { blackmail: 'NOT_EXHIBITED' }, error: null },
      { sample_id: 's4', outcomes: { blackmail: 'UNSCORED' }, error: 'the model did not answer' },
    ]);
    expect(row.report?.kept).toContainEqual({ field: 'eval.model', how: 'model under test' });
    expect(row.report?.kept).toContainEqual({
      field: 'samples[].input',
      how: expect.stringMatching(/^a digest of the text/),
      derived: true,
    });
    const given = await sql('select distinct input_digest from eval_sample');
    expect(given).toEqual([{ input_digest: expect.stringMatching(/^messages:[0-9a-f]{64}$/) }]);
    expect(row.report?.warnings.join(' ')).toContain('lab/model-1, without a version');
    expect(await sql(`select payload from event where type = 'LOG_IMPORTED'`)).toEqual([
      {
        payload: {
          fileName: 'first.json',
          format: 'inspect-json',
          digest: row.digest,
          ref: 'eval-run:inspect_evals/agentic_misalignment/evaluati',
        },
      },
    ]);
  });

  it('gives the same import for the same bytes, and writes nothing the second time', async () => {
    const reporter = await world.person('REPORTER');
    const colleague = await world.person('INVESTIGATOR');
    const first = await world.bringIn(reporter, asJson(logOf()));
    const before = await world.counts();
    const again = await world.bringIn(colleague, asJson(logOf()), 'another-name.json');
    expect(again).toMatchObject({ id: first.id, alreadyImported: true });
    expect(await world.counts()).toEqual(before);
  });

  it('makes one import of the same bytes sent twice at once', async () => {
    const reporter = await world.person('REPORTER');
    const both = await Promise.all([
      world.bringIn(reporter, asJson(logOf())),
      world.bringIn(reporter, asJson(logOf())),
    ]);
    expect(both[0].id).toBe(both[1].id);
    expect(both.map((one) => one.alreadyImported).sort()).toEqual([false, true]);
    expect(await world.counts()).toMatchObject({ import: 1, eval_run: 1, evaluation: 1, eval_sample: 4 });
  });

  it('shares evaluation, model and graders between different runs that arrive at once', async () => {
    const reporter = await world.person('REPORTER');
    const logs = ['firstrun00', 'secondrun0', 'thirdrun00'].map((evalId) => asJson(logOf({ evalId })));
    const made = await Promise.all(logs.map((log) => world.bringIn(reporter, log)));
    expect(made.map(({ row }) => row.error)).toEqual([null, null, null]);
    expect(await world.counts()).toMatchObject({
      import: 3,
      eval_run: 3,
      evaluation: 1,
      evaluation_version: 1,
      condition: 1,
      model: 2,
      model_version: 2,
      grader: 2,
      grader_version: 2,
      behavior: 1,
    });
  });

  it('reads a zip as it reads the JSON, and knows the run again from the other container', async () => {
    const reporter = await world.person('REPORTER');
    const zip = await world.bringIn(reporter, asZip(logOf()), 'run.eval');
    expect(zip.row).toMatchObject({ status: 'SUCCEEDED', format: 'inspect-eval' });
    expect(await world.counts()).toMatchObject({ eval_run: 1, eval_sample: 4, measurement: 1 });
    const json = await world.bringIn(reporter, asJson(logOf()));
    expect(json.row.report?.recordedBefore).not.toBeNull();
    expect(json.row.report?.warningsOfRecord?.[0]).toContain('nothing was added');
    expect(await world.counts()).toMatchObject({ import: 2, eval_run: 1, eval_sample: 4, measurement: 1 });
  });

  it('keeps an unfinished run beside the finished one, and says so', async () => {
    const reporter = await world.person('REPORTER');
    await world.bringIn(reporter, asJson(logOf({ status: 'started', verdicts: [1] })));
    await world.bringIn(reporter, asZip(logOf({ evalId: 'killedrun', verdicts: [0] }), true), 'killed.eval');
    const finished = await world.bringIn(reporter, asJson(logOf()));
    expect(finished.row.report?.warningsOfRecord?.[0]).toContain('both stand');
    const runs = await sql<{ name: string; status: string }>(
      'select n.name, r.status::text, r.sample_count from eval_run r join node n on n.id = r.node_id order by n.id',
    );
    expect(runs).toEqual([
      { name: 'inspect_evals/agentic_misalignment/evaluati', status: 'STARTED', sample_count: 1 },
      { name: 'inspect_evals/agentic_misalignment/killedru', status: 'KILLED', sample_count: 1 },
      {
        name: expect.stringMatching(/^inspect_evals\/agentic_misalignment\/evaluati-[0-9a-f]{8}$/),
        status: 'SUCCESS',
        sample_count: 4,
      },
    ]);
  });

  it('adds the condition of a second run to the evaluation version that the first one made', async () => {
    const reporter = await world.person('REPORTER');
    await world.bringIn(reporter, asJson(logOf()));
    const other = await world.bringIn(
      reporter,
      asJson(logOf({ evalId: 'otherrun01', args: { goal_type: 'explicit' } })),
    );
    expect(other.row.error).toBeNull();
    expect(await sql('select name from condition order by id')).toEqual([
      { name: 'scenario=blackmail, goal_type=none' },
      { name: 'scenario=blackmail, goal_type=explicit' },
    ]);
  });

  it('keeps metrics as scores where it does not know what an evaluation shows', async () => {
    const reporter = await world.person('REPORTER');
    const { row } = await world.bringIn(reporter, asJson(logOf({ task: 'arithmetic' })));
    expect(row.report?.warnings).toContain(
      'No behaviour is known for this evaluation: its metrics are kept as scores.',
    );
    expect(await world.counts()).toMatchObject({ measurement: 0, behavior: 0, score: 1 });
  });

  it('stores no credential that stands in the arguments', async () => {
    const reporter = await world.person('REPORTER');
    const args = { judge: { api_key: 'sk-marked-secret', name: 'j' } };
    const { row } = await world.bringIn(reporter, asJson(logOf({ args })));
    const kept = await sql<{ text: string }>(
      'select metadata::text as text from eval_run union all select factors::text from condition union all select report::text from import',
    );
    expect(kept.map(({ text }) => text).join()).not.toContain('sk-marked-secret');
    expect(row.report?.leftOut).toContainEqual({
      field: 'eval.task_args.judge.api_key',
      count: 1,
      reason: 'may hold credentials',
    });
  });
});

describe('a log that cannot be imported', () => {
  it('leaves a failed import with the reason, once, and nothing else', async () => {
    const reporter = await world.person('REPORTER');
    const before = await world.counts();
    const refused = await world.bringIn(reporter, Buffer.from('{"tasks": [], "eval_set_id": "x"}'));
    expect(refused.row).toMatchObject({ status: 'FAILED', format: 'unknown' });
    expect(refused.row.error).toContain('list of tasks');
    const again = await world.bringIn(reporter, Buffer.from('{"tasks": [], "eval_set_id": "x"}'));
    expect(again).toMatchObject({ id: refused.id, alreadyImported: false });
    expect(await world.counts()).toEqual({ ...before, import: 1, event: before.event! + 1 });
  });

  it('is refused where it says what cannot be', async () => {
    const reporter = await world.person('REPORTER');
    const { row } = await world.bringIn(reporter, asJson(logOf({ epoch: 0 })));
    expect(row).toMatchObject({
      status: 'FAILED',
      error: 'The log has a sample in epoch 0; epochs count from 1.',
    });
  });

  it('can be imported after all, once what it contradicted is out of the way', async () => {
    const reporter = await world.person('REPORTER');
    await sql(`insert into evaluation (name, visibility, team_id, actor_id)
      select 'inspect_evals/agentic_misalignment', 'RESTRICTED', t.id, a.id from team t, actor a where a.kind = 'SYSTEM'`);
    await sql(`insert into evaluation_version (evaluation_id, version, visibility, team_id, actor_id)
      select id, '0', 'RESTRICTED', team_id, actor_id from evaluation`);
    const before = await world.counts();
    const refused = await world.bringIn(reporter, asJson(logOf()));
    expect(refused.row.status).toBe('FAILED');
    expect(refused.row.error).toContain('something that you may not see');
    expect(await world.counts()).toEqual({ ...before, import: 1, event: before.event! + 1 });
    await sql(`update evaluation set visibility = 'MEMBERS'`);
    await sql(`update evaluation_version set visibility = 'MEMBERS'`);
    const then = await world.bringIn(reporter, asJson(logOf()));
    expect(then).toMatchObject({ alreadyImported: false, row: { status: 'SUCCEEDED' } });
  });

  it('leaves nothing behind when the database fails in the middle', async () => {
    const reporter = await world.person('REPORTER');
    const owner = new pg.Client({ connectionString: world.ownerUrl });
    await owner.connect();
    await owner.query(`create function break_off() returns trigger language plpgsql as
      $$ begin raise exception 'broken on purpose'; end $$`);
    await owner.query(
      'create trigger z before insert on eval_sample for each row execute function break_off()',
    );
    const before = await world.counts();
    await expect(world.bringIn(reporter, asJson(logOf()))).rejects.toThrow(/broken on purpose/);
    expect(await world.counts()).toEqual(before);
    await owner.query('drop trigger z on eval_sample');
    await owner.end();
    expect((await world.bringIn(reporter, asJson(logOf()))).row.status).toBe('SUCCEEDED');
  });

  it('is not even read for those who may not write evaluations', async () => {
    const viewer = await world.person('VIEWER');
    const before = await world.counts();
    await expect(world.bringIn(ANONYMOUS, asJson(logOf()))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await expect(world.bringIn(viewer, asJson(logOf()))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await world.counts()).toEqual(before);
  });
});

describe('what an import may show', () => {
  it('makes nothing wider than was asked for', async () => {
    const reporter = await world.person('REPORTER');
    const { row } = await world.bringIn(reporter, asJson(logOf()), 'log.json', 'RESTRICTED');
    expect(row.visibility).toBe('RESTRICTED');
    const wide = await sql(`
      select 'node' as what from node where visibility <> 'RESTRICTED'
      union all select 'edge' from edge where visibility <> 'RESTRICTED'
      union all select 'model' from model where visibility <> 'RESTRICTED'
      union all select 'evaluation' from evaluation where visibility <> 'RESTRICTED'
      union all select 'grader' from grader where visibility <> 'RESTRICTED'
      union all select 'behavior' from behavior where visibility <> 'RESTRICTED'
      union all select 'measurement' from measurement where visibility <> 'RESTRICTED'
      union all select 'score' from score where visibility <> 'RESTRICTED'
      union all select 'citation' from citation where visibility <> 'RESTRICTED'
      union all select type from event where visibility <> 'RESTRICTED'`);
    expect(wide).toEqual([]);
  });

  it('neither uses nor widens a model, grader or behaviour that its sender may not see', async () => {
    const reporter = await world.person('REPORTER');
    const names = { model: 'lab/model-1', grader: 'match', behavior: 'blackmail' };
    for (const [table, name] of Object.entries(names)) {
      const title = table === 'behavior' ? ['title, ', `'hidden', `] : ['', ''];
      await sql(`insert into ${table} (name, ${title[0]}visibility, team_id, actor_id)
        select '${name}', ${title[1]}'RESTRICTED', t.id, a.id from team t, actor a where a.kind = 'SYSTEM'`);
      const { row } = await world.bringIn(reporter, asJson(logOf()));
      expect(row).toMatchObject({
        status: 'FAILED',
        error: `The name ${name} is taken by something that you may not see.`,
      });
      expect(await sql(`select visibility::text from ${table}`)).toEqual([{ visibility: 'RESTRICTED' }]);
      await sql(`update ${table} set visibility = 'MEMBERS'`);
    }
    expect((await world.bringIn(reporter, asJson(logOf()))).row.status).toBe('SUCCEEDED');
  });

  it.each([
    ['the model under test', 'lab/model-1', undefined, 'TEAM'],
    ['the model under test, where PUBLIC is asked for', 'lab/model-1', 'PUBLIC', 'TEAM'],
    ['the model that judges', 'lab/judge', 'PUBLIC', 'TEAM'],
    ['a model of few', 'lab/model-1', 'MEMBERS', 'RESTRICTED'],
  ] as const)('widens nothing by a version of %s that was none', async (_which, model, asked, held) => {
    const owner = await world.person('INVESTIGATOR');
    await inChange(requestContext(world.services, owner), 'write:lineage', (change) =>
      registerModelVersion(change, { model, version: '1', visibility: held }),
    );
    // For few, of whom its owner is one; else a colleague, whose token is for evaluations alone.
    const colleague: Principal = {
      ...(await world.person('REPORTER')),
      scopes: new Set(['read', 'write:evals'] as const),
    };
    const sender = held === 'RESTRICTED' ? owner : colleague;
    const { row } = await world.bringIn(sender, asJson(logOf()), 'log.json', asked);
    expect(row.error).toBeNull();
    expect(
      await sql(`select m.visibility::text as model, n.version, n.visibility::text as visibility
        from model m join model_version v on v.model_id = m.id join node n on n.id = v.node_id
        where m.name = '${model}' order by n.version`),
    ).toEqual([
      { model: held, version: '1', visibility: held },
      { model: held, version: 'unspecified', visibility: held },
    ]);
  });

  it('does not make a run wider than the model it tests', async () => {
    const reporter = await world.person('REPORTER');
    await world.bringIn(reporter, asJson(logOf({ task: 'a' })), 'a.json', 'TEAM');
    const wider = await world.bringIn(
      reporter,
      asJson(logOf({ task: 'b', evalId: 'otherrun01' })),
      'b.json',
      'PUBLIC',
    );
    expect(wider.row.report?.warningsOfRecord?.[0]).toContain('visible as TEAM');
    expect(await sql(`select distinct visibility::text from node where kind = 'EVAL_RUN'`)).toEqual([
      { visibility: 'TEAM' },
    ]);
  });

  it('does not make a run wider than a behaviour that its samples name', async () => {
    const reporter = await world.person('REPORTER');
    await sql(`insert into behavior (name, title, visibility, team_id, actor_id)
      values ('blackmail', 'Blackmail', 'TEAM', ${reporter.teamIds[0]}, ${reporter.actorId})`);
    const wider = await world.bringIn(reporter, asJson(logOf()), 'log.json', 'PUBLIC');
    expect(wider.row.report).not.toHaveProperty('warningsOfRecord');
    expect(wider.row.report?.byRules?.[0]).toMatchObject({
      behaviors: null,
      warningsOfRecord: [expect.stringContaining('A behaviour that is measured is seen by fewer people')],
    });
    expect(await sql(`select distinct visibility::text from node where kind = 'EVAL_RUN'`)).toEqual([
      { visibility: 'TEAM' },
    ]);
  });
});
