import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken } from '../../../api/src/access/api-tokens.ts';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { recordEvalRun } from '../../../api/src/evaluation/record-eval-run.ts';
import { registerEvaluation } from '../../../api/src/evaluation/register-evaluation.ts';
import { buildSchema } from '../../../api/src/graphql/schema.ts';
import { planOf, planOfBytes } from '../../../api/src/interchange/formats/file-fixture.ts';
import { importManyRuns } from '../../../api/src/interchange/import-many-runs.ts';
import type { FilePlan, ImportPlan } from '../../../api/src/interchange/planned.ts';
import { importById } from '../../../api/src/interchange/read-imports.ts';
import { refOfRun } from '../../../api/src/interchange/record-run.ts';
import { BusyRefusal, ConflictRefusal } from '../../../api/src/platform/refusal.ts';
import { TurnNeverCame, type Turns } from '../../../api/src/platform/turns.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { startApi } from '../../../api/src/server.ts';
import { fileOfRuns, LAYOUTS } from '../../testkit/file-of-runs.ts';
import { type ImportWorld, importWorld } from './inspect-fixture.ts';

const schema = buildSchema();
let world: ImportWorld;
let person: Principal;
beforeAll(async () => {
  world = await importWorld();
  person = await world.person('REPORTER');
});
afterAll(() => world.close());

/** A record that tells of as many eval runs. */
const recordOf = (runs: number, id: string) => ({
  schema_version: '0.2.1',
  evaluation_id: id,
  dedupe_identity: { run_fingerprint: id, content_hash: id },
  evaluation_timestamp: '1700000000',
  model_info: { id: 'lab/m', name: 'M' },
  evaluation_results: Array.from({ length: runs }, (_, nth) => ({
    evaluation_name: `${id} ${nth}`,
    source_data: { dataset_name: 'sums', source_type: 'hf_dataset', hf_repo: 'org/sums' },
    metric_config: { metric_name: 'accuracy', lower_is_better: false },
    score_details: { score: 0.5 },
  })),
});

const file = (digest: string) => ({
  format: 'every-eval-ever',
  fileName: 'record.json',
  digest: digest.padEnd(64, '0'),
  bytes: 1_200,
  visibility: 'MEMBERS' as const,
});

/** Imports a plan in small batches, the file itself not being kept. */
async function bringIn(
  plan: FilePlan,
  digest: string,
  by = person,
  begun?: (id: bigint) => void,
  turns = world.services.turns,
) {
  const context = { ...requestContext(world.services, by), keepImports: false, turns };
  const many = { path: '', file: file(digest), plan, begun, batch: 5, pausesMs: [5, 5] };
  return importManyRuns(context, many);
}

/** Turns of which those of these numbers, from 1, never come. */
function turnsBut(never: (nth: number) => boolean): Turns {
  let asked = 0;
  return {
    take: (work) => {
      asked += 1;
      if (never(asked)) throw new TurnNeverCame();
      return world.services.turns.take(work);
    },
  };
}

const tokenFor = (by: Principal) =>
  world.services.db.$transaction((tx) =>
    createApiToken(
      { tx, by, teamId: by.teamIds[0]!, context: world.services },
      { name: 'many', scopes: ['read', 'write:evals'] },
    ),
  );

const postRecord = (url: string, token: string, name: string, record: object) =>
  fetch(`${url}/import`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      'x-filename': name,
    },
    body: JSON.stringify(record),
  });

const rowOf = (id: bigint) => requestContext(world.services, person).load(importById, id);
const runsOf = (importId: bigint) => world.records.evalRun.count({ where: { importId } });

/** The plan with one run at which whatever is thrown ends the work. */
const failingAt = (plan: FilePlan, at: number, error: Error): FilePlan => ({
  ...plan,
  runs: plan.runs.map((run, nth) =>
    nth !== at
      ? run
      : (Object.defineProperty({ ...run }, 'runNames', {
          get() {
            throw error;
          },
        }) as ImportPlan),
  ),
});

describe('a file of one eval run', () => {
  it('whose recording takes longer than one change may leaves a failed import with the reason', async () => {
    const { beyondSight } = requestContext(world.services, person);
    let first = true;
    // The first transaction, that of the run, has less time than it takes; that of the failure has what it needs.
    const $transaction = ((work, options) => {
      if (!first) return beyondSight.$transaction(work, options);
      first = false;
      return beyondSight.$transaction(
        async (tx) => {
          await new Promise((resolve) => setTimeout(resolve, 100));
          return work(tx);
        },
        { ...options, timeout: 20 },
      );
    }) as typeof beyondSight.$transaction;
    const bytes = Buffer.from(JSON.stringify(recordOf(1, 'slow')));
    const slow = { beyondSight: { ...beyondSight, $transaction } };
    const { id, row } = await world.bringIn(person, bytes, 'slow.json', undefined, slow);
    expect(row).toMatchObject({
      status: 'FAILED',
      error: expect.stringContaining('takes longer than one change may'),
    });
    expect(await runsOf(id)).toBe(0);
    // Nothing was wrong with it: sent again, it is taken.
    expect((await world.bringIn(person, bytes, 'slow.json')).row.status).toBe('SUCCEEDED');
  });
});

describe('a file that tells of many eval runs', () => {
  it.each(LAYOUTS)('is read as many, each told from the others, in the layout %s', async (layout) => {
    const text = fileOfRuns(layout, 300, 7);
    expect(fileOfRuns(layout, 300, 7)).toBe(text);
    expect(fileOfRuns(layout, 300, 8)).not.toBe(text);
    const { runs } = await planOfBytes(text, 'many.json');
    expect(new Set(runs.map((run) => run.runIdentity)).size).toBe(300);
    expect(new Set(runs.map((run) => run.runNames[0])).size).toBe(300);
    for (const run of runs)
      expect(run).toMatchObject({ datasets: [{}], scores: [{ standardError: expect.any(Number) }] });
  });

  it.each([12, 3])('names to nobody a run that they do not see, where %i are brought in', async (count) => {
    const name = `walls of ${count}`;
    const record = recordOf(count, name);
    const { evaluation } = (await planOf(record)).runs[0]!;
    await inChange(requestContext(world.services, person), 'write:evals', (change) =>
      registerEvaluation(change, { ...evaluation, visibility: 'RESTRICTED' }),
    );
    const { id } =
      count > 5
        ? await bringIn(await planOf(record), 'a0')
        : await world.bringIn(person, Buffer.from(JSON.stringify(record)), 'walls.json');
    expect((await rowOf(id))!.status).toBe('SUCCEEDED');
    const events = await world.records.$queryRaw<{ name: string; ref: string; visibility: string }[]>`
      select n.name, e.payload->>'ref' as ref, e.visibility::text as visibility
      from event e join node n on n.id = e.node_id join eval_run r on r.node_id = n.id
      where e.type = 'LOG_IMPORTED' and r.import_id = ${id} order by e.id`;
    expect(events).toHaveLength(count);
    for (const { name, ref } of events) expect(ref).toBe(refOfRun(name));
    expect(events.map(({ visibility }) => visibility)).toEqual([
      'RESTRICTED',
      ...Array(count - 1).fill('MEMBERS'),
    ]);
  });

  it('is taken under as many conditions of one evaluation version as it has, each with its figure', async () => {
    const plan = await planOf(recordOf(1, 'sweep'));
    const run = plan.runs[0]!;
    const names = Array.from({ length: 1_500 }, (_, nth) => `swept=${nth}`);
    const swept = {
      ...run,
      conditions: names.map((name) => ({ name, factors: {} })),
      scores: names.map((condition) => ({ ...run.scores[0]!, condition })),
    };
    const { id } = await bringIn({ ...plan, runs: [swept] }, 'f1');
    expect(await rowOf(id)).toMatchObject({ status: 'SUCCEEDED', error: null });
    const rows = await world.records.$queryRaw<{ name: string; figures: number }[]>`
      select c.name, count(*)::int as figures from score s join eval_run r on r.node_id = s.eval_run_id
      join condition c on c.id = s.condition_id where r.import_id = ${id} group by c.name`;
    expect(new Map(rows.map(({ name, figures }) => [name, figures]))).toEqual(
      new Map(names.map((name) => [name, 1])),
    );
    // What names one of them, or one of as many versions of a grader, afterwards finds it, whichever it is.
    const [{ graderId }] = await world.records.$queryRaw<[{ graderId: bigint }]>`
      with g as (insert into grader (namespace, name, title, team_id, actor_id)
        values ('', 'swept', 'Swept', ${person.teamIds[0]!}, ${person.actorId}) returning id),
      v as (insert into grader_version (grader_id, version, kind, visibility, team_id, actor_id)
        select g.id, 'v' || nth, 'UNKNOWN', 'MEMBERS', ${person.teamIds[0]!}, ${person.actorId}
        from g, generate_series(1, 1500) nth)
      select g.id as "graderId" from g`;
    const { evaluation, model } = run;
    const { evalRunId } = await inChange(requestContext(world.services, person), 'write:evals', (change) =>
      recordEvalRun(change, {
        name: 'swept by hand',
        evaluation: evaluation.name,
        evaluationVersion: evaluation.version,
        modelVersion: `model:${model.name}@${model.version}`,
        status: 'SUCCESS',
        scores: ['swept=0', 'swept=1499', 'swept=999'].map((condition) => ({
          ...{ metric: 'accuracy', value: 0.5, condition, grader: 'swept@v1' },
        })),
      }),
    );
    const said = await world.records.$queryRaw<{ name: string; version: string; grader: bigint }[]>`
      select c.name, v.version, v.grader_id as grader from score s join condition c on c.id = s.condition_id
      join grader_version v on v.id = s.grader_version_id where s.eval_run_id = ${evalRunId} order by s.id`;
    expect(said).toEqual(
      ['swept=0', 'swept=1499', 'swept=999'].map((name) => ({ name, version: 'v1', grader: graderId })),
    );
  });

  it('is gone on with where it was broken off, and no run is made twice', async () => {
    const plan = await planOf(recordOf(12, 'broken'));
    let id = 0n;
    await expect(
      bringIn(failingAt(plan, 7, new Error('the power went')), 'a1', person, (begun) => {
        id = begun;
      }),
    ).rejects.toThrow('the power went');
    expect(await rowOf(id)).toMatchObject({
      status: 'RUNNING',
      progress: { lines: 5, added: 5, held: 0, next: { offset: 500 } },
    });
    expect(await runsOf(id)).toBe(5);
    expect(await bringIn(plan, 'a1')).toEqual({ id, alreadyImported: false });
    const row = await rowOf(id);
    expect(row).toMatchObject({ status: 'SUCCEEDED', error: null, progress: null });
    expect(row!.report!.runsRecordedBefore).toHaveLength(5);
    expect(await runsOf(id)).toBe(12);
    expect(
      await world.records.node.count({ where: { kind: 'EVAL_RUN', name: { startsWith: 'broken ' } } }),
    ).toBe(12);
    expect(await bringIn(plan, 'a1')).toEqual({ id, alreadyImported: true });
    expect(await world.records.datasetVersion.count()).toBe(1);
  });

  it('waits for its turn where others change too much for the moment, at its end as well', async () => {
    const plan = await planOf(recordOf(12, 'waiting'));
    // Two turns begin it; then come three batches and its end: the second batch and the end each have to wait twice.
    const turns = turnsBut((nth) => [4, 5, 8, 9].includes(nth));
    const { id } = await bringIn(plan, 'b1', person, undefined, turns);
    expect(await rowOf(id)).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(await runsOf(id)).toBe(12);
  });

  it('is left as it stands where its turn never comes, and gone on with', async () => {
    const plan = await planOf(recordOf(12, 'turnless'));
    let id = 0n;
    const begun = (of: bigint) => {
      id = of;
    };
    const refused = bringIn(
      plan,
      'b2',
      person,
      begun,
      turnsBut((nth) => nth > 3),
    );
    await expect(refused).rejects.toThrow(BusyRefusal);
    await expect(refused).rejects.toThrow('What was taken of the file stays: send it again');
    expect(await rowOf(id)).toMatchObject({ status: 'RUNNING', error: null, progress: { lines: 5 } });
    expect(await bringIn(plan, 'b2')).toEqual({ id, alreadyImported: false });
    expect(await rowOf(id)).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(await runsOf(id)).toBe(12);
  });

  it('tells how far it has come to whoever sees all that it has recorded or found, and to nobody else', async () => {
    const plan = failingAt(await planOf(recordOf(12, 'counted')), 7, new Error('cut'));
    const brokenOff = async (digest: string) => {
      let id = 0n;
      const cut = bringIn(plan, digest, person, (begun) => {
        id = begun;
      });
      await expect(cut).rejects.toThrow('cut');
      return id;
    };
    const making = await brokenOff('d1');
    const finding = await brokenOff('d2');
    const toldTo = async (viewer: Principal, id: bigint) => {
      const { data, errors } = await graphql({
        schema,
        source: 'query ($id: ID!) { import(id: $id) { progress { bytesRead lines added held refused } } }',
        variableValues: { id: world.services.ids.encode('Import', id) },
        contextValue: requestContext(world.services, viewer),
      });
      expect(errors).toBeUndefined();
      // As JSON: the executor's objects have no prototype.
      return JSON.parse(JSON.stringify(data)).import.progress;
    };
    const reader = await world.person('VIEWER');
    const made = { bytesRead: '500', lines: 5, added: 5, held: 0, refused: 0 };
    const found = { ...made, added: 0, held: 5 };
    expect(await toldTo(reader, making)).toEqual(made);
    expect(await toldTo(reader, finding)).toEqual(found);
    await world.records.$executeRaw`
      update node set visibility = 'RESTRICTED'
      where id = (select min(node_id) from eval_run where import_id = ${making})`;
    expect(await toldTo(reader, making)).toBeNull();
    expect(await toldTo(reader, finding)).toBeNull();
    expect(await toldTo(person, making)).toEqual(made);
    expect(await toldTo(person, finding)).toEqual(found);
  });

  it('is nobody else’s to go on with', async () => {
    const plan = await planOf(recordOf(6, 'anothers'));
    await expect(bringIn(failingAt(plan, 5, new Error('cut')), 'a2')).rejects.toThrow('cut');
    const colleague = await world.person('REPORTER');
    expect((await bringIn(plan, 'a2', { ...colleague, teamIds: person.teamIds })).alreadyImported).toBe(true);
  });

  it('that a colleague keeps restricted is taken as if it were not there, whether all of it is recorded or not', async () => {
    const colleague = { ...(await world.person('REPORTER')), teamIds: person.teamIds };
    const plan = await planOf(recordOf(6, 'restricted'));
    const bringInTo = (visibility: 'RESTRICTED' | 'MEMBERS', by: Principal, cut: boolean) => {
      const context = { ...requestContext(world.services, by), keepImports: false };
      const given = cut ? failingAt(plan, 5, new Error('cut')) : plan;
      return importManyRuns(context, {
        path: '',
        file: { ...file('d3'), visibility },
        plan: given,
        batch: 5,
      });
    };
    // The evaluations are everybody's: a name that something hidden has may be known within a team.
    const ground = { run_fingerprint: 'ground', content_hash: 'ground' };
    const common = { ...recordOf(6, 'restricted'), evaluation_id: 'ground', dedupe_identity: ground };
    await bringIn(await planOf(common), 'd4');
    await expect(bringInTo('RESTRICTED', person, true)).rejects.toThrow('cut');
    const own = await bringInTo('MEMBERS', colleague, false);
    expect(own.alreadyImported).toBe(false);
    expect(await runsOf(own.id)).toBe(6);
    const goneOn = await bringInTo('RESTRICTED', person, false);
    expect(goneOn.alreadyImported).toBe(false);
    expect(goneOn.id).not.toBe(own.id);
    expect(await bringInTo('MEMBERS', colleague, false)).toEqual({ id: own.id, alreadyImported: true });
    expect(await bringInTo('RESTRICTED', person, false)).toEqual({ id: goneOn.id, alreadyImported: true });
  });

  it('keeps what was taken before a refusal, and says so', async () => {
    const plan = await planOf(recordOf(7, 'refused'));
    const { id } = await bringIn(failingAt(plan, 6, new ConflictRefusal(['name'], 'A name is taken.')), 'a3');
    expect(await rowOf(id)).toMatchObject({
      status: 'FAILED',
      error: 'A name is taken. What was recorded before stays.',
    });
    expect(await runsOf(id)).toBe(5);
  });

  const disable = ({ actorId }: Principal) => world.records.$executeRaw`
    update actor set disabled_at = now() where id = ${actorId}`;

  it('stops where whoever sent it has lost the right to', async () => {
    const gone = await world.person('REPORTER');
    let asked = 0;
    const turns: Turns = {
      take: async (work) => {
        asked += 1;
        // Two are for putting the import on record.
        if (asked === 3) await disable(gone);
        return world.services.turns.take(work);
      },
    };
    const { id } = await bringIn(await planOf(recordOf(6, 'gone')), 'a4', gone, undefined, turns);
    expect(await world.records.import.findUnique({ where: { id } })).toMatchObject({
      status: 'FAILED',
      error:
        'Whoever sent the file may no longer record eval runs for their team, with the rights that they had, or their session or token was ended. What was recorded before stays.',
    });
    expect(await runsOf(id)).toBe(0);
  });

  it('goes on where whoever sent it may do more by now', async () => {
    const raised = await world.person('REPORTER');
    let asked = 0;
    const turns: Turns = {
      take: async (work) => {
        asked += 1;
        if (asked === 4)
          await world.records
            .$executeRaw`update actor set role = 'INVESTIGATOR' where id = ${raised.actorId}`;
        return world.services.turns.take(work);
      },
    };
    const { id } = await bringIn(await planOf(recordOf(12, 'raised')), 'a5', raised, undefined, turns);
    expect(asked).toBeGreaterThan(4);
    expect(await rowOf(id)).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(await runsOf(id)).toBe(12);
  });

  it('holds up no other file once it is read', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let holding = true;
    let held = 0;
    const turns: Turns = {
      take: async (work) => {
        const going = await world.records.import.count({
          where: { status: 'RUNNING', fileName: 'held.json' },
        });
        if (holding && going > 0) {
          held += 1;
          await gate;
        }
        return world.services.turns.take(work);
      },
    };
    const api = await startApi({ services: { ...world.services, turns }, host: '127.0.0.1', port: 0 });
    try {
      const { token } = await tokenFor(person);
      const send = (name: string, runs: number) => postRecord(api.url, token, name, recordOf(runs, name));
      expect((await send('held.json', 101)).status).toBe(202);
      while (held === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      // Its first batch waits: the next file is read and recorded all the same.
      holding = false;
      expect((await send('next.json', 1)).status).toBe(201);
      const again = await send('held.json', 101);
      expect(again.status).toBe(202);
      expect(await again.json()).toMatchObject({ status: 'RUNNING', alreadyImported: true });
      const ofHeld = () => world.records.import.findFirstOrThrow({ where: { fileName: 'held.json' } });
      expect((await ofHeld()).status).toBe('RUNNING');
      open();
      while ((await ofHeld()).status === 'RUNNING') await new Promise((resolve) => setTimeout(resolve, 50));
      const ended = await ofHeld();
      expect(ended).toMatchObject({ status: 'SUCCEEDED', report: { runsRecordedBefore: [] } });
      expect(await runsOf(ended.id)).toBe(101);
    } finally {
      open();
      await api.close();
    }
  }, 180_000);

  it('is answered at once over HTTP, and its import tells how far it has come until all runs are there', async () => {
    const api = await startApi({ services: world.services, host: '127.0.0.1', port: 0 });
    try {
      const { token } = await tokenFor(person);
      const response = await postRecord(api.url, token, 'many.json', recordOf(101, 'many'));
      expect(response.status).toBe(202);
      const answer = (await response.json()) as { id: string; status: string };
      expect(answer.status).toBe('RUNNING');
      const ask = async () => {
        const source = `query($id: ID!) { import(id: $id) { status error progress { lines added } evalRuns { ref } truncations { field } } }`;
        const contextValue = requestContext(world.services, person);
        const { data, errors } = await graphql({
          schema,
          source,
          variableValues: { id: answer.id },
          contextValue,
        });
        expect(errors).toBeUndefined();
        // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's
        return (data as any).import;
      };
      const seen = new Set<number>();
      let row = await ask();
      for (; row.status === 'RUNNING'; row = await ask()) {
        if (row.progress !== null) seen.add(row.progress.lines);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(row).toMatchObject({ status: 'SUCCEEDED', error: null, progress: null, truncations: [] });
      expect(row.evalRuns).toHaveLength(101);
      expect([...seen].some((lines) => lines === 50 || lines === 100)).toBe(true);
    } finally {
      await api.close();
    }
  }, 180_000);
});
