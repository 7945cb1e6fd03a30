import { Readable } from 'node:stream';
import { graphql } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { sampleNamed } from '../../../api/src/evaluation/read-eval-samples.ts';
import { buildSchema } from '../../../api/src/graphql/schema.ts';
import { planOf } from '../../../api/src/interchange/formats/file-fixture.ts';
import type { ImportReport } from '../../../api/src/interchange/import.ts';
import type { FilePlan } from '../../../api/src/interchange/planned.ts';
import { importById } from '../../../api/src/interchange/read-imports.ts';
import { keptFileOfImport } from '../../../api/src/interchange/read-kept-files.ts';
import type { Reread } from '../../../api/src/interchange/record-reading.ts';
import { refOfRun } from '../../../api/src/interchange/record-run.ts';
import { readAgain, rereadImport } from '../../../api/src/interchange/reread-import.ts';
import { beginRereading, goOnRereading } from '../../../api/src/interchange/reread-many-runs.ts';
import { ConflictRefusal } from '../../../api/src/platform/refusal.ts';
import { TurnNeverCame, type Turns } from '../../../api/src/platform/turns.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { inTeams } from '../../testkit/in-teams.ts';
import { type ImportWorld, importWorld } from './inspect-fixture.ts';

const schema = buildSchema();
const worlds: ImportWorld[] = [];
const begun = async () => {
  const world = await importWorld();
  worlds.push(world);
  return { world, person: await world.person('REPORTER') };
};
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

/** A record that tells of as many eval runs, each with the score that is given for it; a field more where it is named. */
const recordOf = (runs: number, score: (nth: number) => number, more: object = {}, name = 'many') => ({
  schema_version: '0.2.1',
  evaluation_id: name,
  dedupe_identity: { run_fingerprint: name, content_hash: name },
  evaluation_timestamp: '1700000000',
  model_info: { id: 'lab/m', name: 'M' },
  ...more,
  evaluation_results: Array.from({ length: runs }, (_, nth) => ({
    evaluation_name: `many ${nth}`,
    source_data: { dataset_name: 'sums', source_type: 'hf_dataset', hf_repo: 'org/sums' },
    metric_config: { metric_name: 'accuracy', lower_is_better: false },
    score_details: { score: score(nth) },
  })),
});
const RUNS = 12;
const asBefore = () => 0.5;
/** What a later reader makes of it: seven of the twelve are other scores. */
const otherwise = (nth: number) => (nth % 5 < 3 ? 0.7 : 0.5);
const OTHERWISE = 8;

/** The file brought in, and what a reader makes of it that reads as told. */
async function broughtIn(
  world: ImportWorld,
  person: Principal,
  score = otherwise,
  runs = RUNS,
  name = 'many',
) {
  const bytes = Buffer.from(JSON.stringify(recordOf(runs, asBefore, {}, name)));
  const { id } = await world.bringIn(person, bytes, `${name}.json`);
  const context = requestContext(world.services, person);
  const [row, file] = [await context.load(importById, id), await context.load(keptFileOfImport, id)];
  const plan = await planOf(recordOf(runs, score, { retrieved_timestamp: '1700000001' }, name));
  return { id, reread: { row: row!, file: file!, plan } satisfies Reread };
}

/** The same where a run in the second batch has more new scores by a grader than a list shows. */
const withManyScores = (reread: Reread): Reread => {
  const runs = reread.plan.runs.map((run, nth) => {
    if (nth !== 5) return run;
    const one = { ...run.scores[0]!, grader: 0 };
    const more = Array.from({ length: 1_100 }, (_, i) => ({ ...one, metric: `metric ${i}` }));
    const grader = {
      name: 'judge',
      version: '1',
      kind: 'UNKNOWN',
      prompt: null,
      parser: null,
      model: null,
    } as const;
    return { ...run, graders: [grader], scores: [...run.scores, ...more] };
  });
  return { ...reread, plan: { ...reread.plan, runs } };
};

/** What is told of the reading to somebody who does not see that grader. */
async function toldToStranger(world: ImportWorld, id: bigint) {
  await world.records.$executeRaw`update grader set visibility = 'RESTRICTED'`;
  return (await seen(world, await world.person('REPORTER'), id)).readings[0].changes;
}

const HOW = { batch: 5, pausesMs: [1, 1] };

const open = (world: ImportWorld, person: Principal, reread: Reread) =>
  inChange(requestContext(world.services, person), 'write:evals', (change) => beginRereading(change, reread));

/** Reads it on, with the turns that there are. */
const goOn = (world: ImportWorld, person: Principal, reread: Reread, turns = world.services.turns) =>
  goOnRereading({ ...requestContext(world.services, person), turns }, reread, HOW);

/** Turns of which those of these numbers, from 1, never come. */
function turnsBut(
  world: ImportWorld,
  never: (nth: number) => boolean,
  turns: Turns = world.services.turns,
): Turns {
  let asked = 0;
  return {
    take: (work) => {
      asked += 1;
      if (never(asked)) throw new TurnNeverCame();
      return turns.take(work);
    },
  };
}

/** Turns before one of which, by its number from 1, something else happens. */
function interrupted(world: ImportWorld, nth: number, happens: () => Promise<void>): Turns {
  let asked = 0;
  return {
    take: async (work) => {
      asked += 1;
      if (asked === nth) await happens();
      return world.services.turns.take(work);
    },
  };
}

/** The plan with one run at which `error` is thrown. */
const failingAt = (reread: Reread, at: number, error: Error): Reread => {
  const runs = reread.plan.runs.map((run, nth) =>
    nth !== at
      ? run
      : Object.defineProperty({ ...run }, 'runNames', {
          get() {
            throw error;
          },
        }),
  );
  return { ...reread, plan: { ...reread.plan, runs } as FilePlan };
};

const SEEN = `query ($id: ID!) { import(id: $id) {
  readings { same changes { run subject before after } kept { field how } leftOut { field count reason } warnings by { name } }
  rereading { runs read made error by { name } } evalRuns { ref scores { value } } } }`;

/** What the page of the import shows of it. */
async function seen(world: ImportWorld, person: Principal, id: bigint) {
  const contextValue = requestContext(world.services, person);
  const variableValues = { id: world.services.ids.encode('Import', id) };
  const { data, errors } = await graphql({ schema, source: SEEN, variableValues, contextValue });
  expect(errors).toBeUndefined();
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's
  return JSON.parse(JSON.stringify(data)).import as any;
}

const events = (world: ImportWorld) =>
  world.records.$queryRaw`select payload from event where type = 'IMPORT_REREAD' order by id`;

/** A file of promptfoo with as many repetitions of one test; an early one does not hold what tells today's reader so. */
const promptfooOf = (repetitions: number, isEarly: boolean) => ({
  evalId: 'eval-abc',
  config: { description: 'Greetings' },
  results: {
    version: 3,
    timestamp: '2025-01-15T10:30:00.000Z',
    stats: {},
    results: Array.from({ length: repetitions }, (_, testIdx) => ({
      ...{ promptIdx: 0, testIdx, promptId: 'p1', prompt: { label: 'greeting' } },
      provider: { id: 'openai:m-1', ...(isEarly ? {} : { config: { temperature: 0 } }) },
      ...(isEarly ? {} : { vars: { name: 'ann' } }),
      ...{ success: testIdx > 0, failureReason: testIdx > 0 ? 0 : 1, score: testIdx > 0 ? 1 : 0 },
    })),
  },
});

describe('a kept file whose samples an earlier reader called otherwise', () => {
  it('is read again as the same run, in which each sample is found by both of its names', async () => {
    const { world, person } = await begun();
    const bytes = Buffer.from(JSON.stringify(promptfooOf(3, true)));
    const { id } = await world.bringIn(person, bytes, 'early.json');
    const context = requestContext(world.services, person);
    const [row, file] = [await context.load(importById, id), await context.load(keptFileOfImport, id)];
    const before = await world.records.evalRun.findFirstOrThrow({ where: { importId: id } });
    const reread = { row: row!, file: file!, plan: await planOf(promptfooOf(3, false)) };
    await inChange(context, 'write:evals', (change) => rereadImport(change, { import: '' }, reread));
    const { readings } = await seen(world, person, id);
    const changes: { subject: string; after: string | null }[] = readings[0].changes;
    expect(changes.map(({ subject, after }) => [subject, after])).toEqual(
      expect.arrayContaining([['samples that are called otherwise', '3']]),
    );
    expect(
      changes.filter(({ subject }) => /^(?:samples that are (?:new|gone)|eval run$)/.test(subject)),
    ).toEqual([]);
    expect(changes.map(({ subject }) => subject)).toContain('read before as');
    const now = await world.records.evalRun.findFirstOrThrow({
      where: { importId: id, nodeId: { not: before.nodeId } },
    });
    const named = (runId: bigint, sampleId: string, epoch: number) =>
      sampleNamed(requestContext(world.services, person), runId, { sampleId, epoch });
    const item = reread.plan.runs[0]!.samples![0]!.sampleId;
    for (const nth of [0, 1, 2]) {
      // What was cited by its number is the same result, though today it is an epoch of one test.
      const cited = await named(now.nodeId, String(nth), 1);
      expect(cited).toMatchObject({ sampleId: item, epoch: nth + 1 });
      expect((await named(now.nodeId, item, nth + 1))?.id).toBe(cited!.id);
      expect(cited!.scores).toEqual((await named(before.nodeId, String(nth), 1))!.scores);
    }
    expect(await named(now.nodeId, '3', 1)).toBeNull();
  });
});

describe('a kept file of many eval runs that is read again', () => {
  it('tells the same as if all of it had been one change, wherever it was broken off', async () => {
    const one = await begun();
    const whole = await broughtIn(one.world, one.person);
    await inChange(requestContext(one.world.services, one.person), 'write:evals', (change) =>
      rereadImport(change, { import: '' }, withManyScores(whole.reread)),
    );
    const expected = await seen(one.world, one.person, whole.id);
    expect(expected.readings).toHaveLength(1);
    expect(expected.readings[0].changes).toContainEqual({
      run: expect.stringContaining('many'),
      subject: 'score accuracy',
      before: '0.5',
      after: '0.7',
    });
    expect(expected.readings[0].changes).toHaveLength(1_000);
    expect(expected.readings[0].changes.at(-1)).toEqual({
      run: null,
      subject: 'further changes',
      before: null,
      after: 'not listed',
    });
    expect(expected.evalRuns).toHaveLength(RUNS + OTHERWISE);
    const toldOthers = await toldToStranger(one.world, whole.id);
    const scores = toldOthers.filter(({ subject }: { subject: string }) => subject === 'score accuracy');
    expect(scores).toHaveLength(OTHERWISE);

    const { world, person } = await begun();
    const { id, reread: plain } = await broughtIn(world, person);
    const reread = withManyScores(plain);
    await open(world, person, reread);
    // The server goes down in the second batch, and the database has no turn left in the third.
    await expect(goOn(world, person, failingAt(reread, 7, new Error('the power went')))).rejects.toThrow(
      'power',
    );
    expect(await seen(world, person, id)).toMatchObject({
      readings: [],
      rereading: { runs: RUNS, read: 5, made: 3, error: null, by: { name: person.name } },
    });
    await open(world, person, reread);
    await goOn(
      world,
      person,
      reread,
      turnsBut(world, (nth) => nth >= 3 && nth < 6),
    );
    expect(await seen(world, person, id)).toMatchObject({
      readings: [],
      rereading: { read: 10, error: expect.stringContaining('have it read again') },
    });
    await open(world, person, reread);
    expect((await seen(world, person, id)).rereading).toMatchObject({ read: 0, error: null });
    await goOn(world, person, reread);
    expect(await seen(world, person, id)).toEqual(expected);
    expect(await toldToStranger(world, id)).toEqual(toldOthers);
    expect(await events(world)).toEqual(await events(one.world));
    expect(await world.records.importRereading.count()).toBe(0);
    // Asked once more, it says what it said before.
    await open(world, person, reread);
    await goOn(world, person, reread);
    const { readings, evalRuns } = await seen(world, person, id);
    expect(readings[1]).toMatchObject({ same: true, changes: [] });
    expect(evalRuns).toEqual(expected.evalRuns);
  });

  it.each(['in batches', 'at once'])(
    'is told of with each run that it made, as widely as that run is seen, and of no other, %s',
    async (how) => {
      const { world, person } = await begun();
      const { reread } = await broughtIn(world, person);
      // Seen by fewer people, and so is the run that is made of it.
      await world.records.$executeRaw`
      update evaluation set visibility = 'RESTRICTED' where name = ${reread.plan.runs[1]!.evaluation.name}`;
      if (how === 'in batches') {
        await open(world, person, reread);
        await goOn(world, person, reread);
      } else
        await inChange(requestContext(world.services, person), 'write:evals', (change) =>
          rereadImport(change, { import: '' }, reread),
        );
      const told = await world.records.$queryRaw<
        { name: string; of: string; visibility: string; payload: object }[]
      >`
      select n.name, n.visibility::text as of, e.visibility::text as visibility, e.payload
      from event e join node n on n.id = e.node_id where e.type = 'IMPORT_REREAD'`;
      expect(told).toHaveLength(OTHERWISE);
      const { fileName, digest } = reread.file;
      for (const { name, of, visibility, payload } of told) {
        expect(visibility).toBe(of);
        expect(payload).toEqual({ fileName, digest, refs: [refOfRun(name)] });
      }
      expect(told.filter(({ of }) => of === 'RESTRICTED')).toHaveLength(1);
    },
  );

  it.each(['in batches', 'at once'])(
    'keeps apart from what is of the record that a behaviour narrows its runs, %s',
    async (how) => {
      const { world, person } = await begun();
      const { id, reread: plain } = await broughtIn(world, person);
      await world.records.$executeRaw`
        insert into behavior (name, title, visibility, team_id, actor_id)
        values ('quiet', 'Quiet', 'TEAM', ${person.teamIds[0]}, ${person.actorId})`;
      const behaviors = [{ name: 'quiet', title: 'Quiet' }];
      const runs = plain.plan.runs.map((run) => ({ ...run, behaviors }));
      const reread = { ...plain, plan: { ...plain.plan, runs } };
      if (how === 'in batches') {
        await open(world, person, reread);
        await goOn(world, person, reread);
      } else
        await inChange(requestContext(world.services, person), 'write:evals', (change) =>
          rereadImport(change, { import: '' }, reread),
        );
      const said =
        'A behaviour that is measured is seen by fewer people, so the eval run is visible as TEAM.';
      const [reading] = await world.records.importReading.findMany();
      expect(reading!.report).toMatchObject({ byRules: [{ behaviors: null, warningsOfRecord: [said] }] });
      const { warningsOfRecord } = reading!.report as unknown as ImportReport;
      expect(warningsOfRecord).toContainEqual(expect.stringContaining('says otherwise: both stand'));
      expect(warningsOfRecord).not.toContain(said);
      expect((await seen(world, person, id)).readings[0].warnings).toContain(said);
    },
  );

  it('keeps why it was refused, and what was recorded before', async () => {
    const { world, person } = await begun();
    const { id, reread } = await broughtIn(world, person);
    // What says something else holds the names that its last run could have: the first is that of the run as it was.
    const last = reread.plan.runs[11]!;
    for (const runIdentity of ['another', 'a third']) {
      const runs = [{ ...last, runIdentity }];
      await inChange(requestContext(world.services, person), 'write:evals', (change) =>
        rereadImport(change, { import: '' }, { ...reread, plan: { ...reread.plan, runs } }),
      );
    }
    const before = (await seen(world, person, id)).evalRuns.length;
    await open(world, person, reread);
    await goOn(world, person, reread);
    const now = await seen(world, person, id);
    expect(now.rereading).toMatchObject({
      read: 10,
      made: 6,
      error: expect.stringMatching(/is recorded already\. What was recorded stays: have it read again/),
    });
    expect(now.evalRuns.length).toBe(before + 6);
    // It is worded by what the reader sees: somebody else hears that it was broken off.
    const colleague = await world.person('REPORTER');
    expect((await seen(world, colleague, id)).rereading.error).toBe(
      'It was broken off: whoever had it read was told why.',
    );
    // Who goes on with it is not told what the other was.
    const warned = async () => (await world.records.importRereading.findFirstOrThrow()).warnings;
    expect(JSON.stringify(await warned())).toContain('says otherwise: both stand');
    await open(world, { ...colleague, teamIds: person.teamIds }, reread);
    expect(await warned()).toEqual([
      'Part of it was read for somebody else, who was told what rests on the record.',
    ]);
  });

  it('is recorded once where two servers go on with it', async () => {
    const { world, person } = await begun();
    const { id, reread } = await broughtIn(world, person);
    await open(world, person, reread);
    const elsewhere: Turns = { take: (work) => world.services.turns.take(work) };
    await Promise.all([goOn(world, person, reread), goOn(world, person, reread, elsewhere)]);
    const { readings, evalRuns, rereading } = await seen(world, person, id);
    expect(readings).toHaveLength(1);
    expect(rereading).toBeNull();
    expect(evalRuns).toHaveLength(RUNS + OTHERWISE);
    expect(
      readings[0].changes.filter(({ subject }: { subject: string }) => subject === 'read before as'),
    ).toHaveLength(OTHERWISE);
  });

  it('says that it is not read any more where today’s reader no longer does, to whoever asked', async () => {
    const { world, person } = await begun();
    const { id, reread } = await broughtIn(world, person);
    await open(world, person, reread);
    const context = requestContext(world.services, person);
    const bytes = Buffer.from('a file that no reader reads');
    const vault = Object.assign(Object.create(context.vault), { get: () => Readable.from([bytes]) });
    const input = { import: world.services.ids.encode('Import', id) };
    const refused = await readAgain({ ...context, vault }, input).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConflictRefusal);
    expect((await seen(world, person, id)).rereading.error).toMatch(
      /^It is not read any more, and stands as it was read: .* What was recorded stays\.$/,
    );
    // Another reader may read it again: then it is gone on with.
    await open(world, person, reread);
    await goOn(world, person, reread);
    expect(await seen(world, person, id)).toMatchObject({ rereading: null, readings: [{ same: false }] });
  });

  it('is told to whoever runs it in their words alone, whoever else asks for it meanwhile', async () => {
    const OTHERS = 'Part of it was read for somebody else, who was told what rests on the record.';
    const { world, person } = await begun();
    const colleague = await inTeams(world.records, await world.person('REPORTER'), person.teamIds);
    const { id, reread } = await broughtIn(world, person);
    await open(world, person, reread);
    // The colleague asks for it before the second batch, and there is no turn left for the third.
    const asked = interrupted(world, 2, () => open(world, colleague, reread));
    await goOn(
      world,
      person,
      reread,
      turnsBut(world, (nth) => nth > 2 && nth < 6, asked),
    );
    const row = await world.records.importRereading.findFirstOrThrow();
    expect(row).toMatchObject({
      read: 10,
      actorId: person.actorId,
      warnings: expect.arrayContaining([OTHERS]),
    });
    expect(JSON.stringify(row.warnings)).toContain('says otherwise: both stand');
    expect((await seen(world, person, id)).rereading.error).toContain('Too many changes');
    expect((await seen(world, colleague, id)).rereading).toMatchObject({
      error: 'It was broken off: whoever had it read was told why.',
      by: { name: person.name },
    });
    await open(world, colleague, reread);
    expect((await world.records.importRereading.findFirstOrThrow()).warnings).toEqual([OTHERS]);
  });

  it('does not tell of it what another server gathered for somebody else', async () => {
    const { world, person } = await begun();
    const colleague = await inTeams(world.records, await world.person('REPORTER'), person.teamIds);
    const { id, reread } = await broughtIn(world, person);
    await open(world, person, reread);
    // Before the second batch a colleague has it gone on with elsewhere, up to its end.
    const elsewhere = async () => {
      await open(world, colleague, reread);
      await goOn(
        world,
        colleague,
        reread,
        turnsBut(world, (nth) => nth > 3),
      );
      const { warnings } = await world.records.importRereading.findFirstOrThrow();
      expect(JSON.stringify(warnings)).toContain('says otherwise: both stand');
    };
    await goOn(world, person, reread, interrupted(world, 2, elsewhere));
    const [reading] = (await seen(world, person, id)).readings;
    expect(reading.by).toEqual({ name: person.name });
    expect(JSON.stringify(reading.warnings)).toContain('read for somebody else');
    expect(JSON.stringify(reading.warnings)).not.toContain('says otherwise');
  });

  it('takes one of the turns of the server, however many files are read again at once', async () => {
    const { world, person } = await begun();
    const files = [];
    for (const name of ['first', 'second', 'third'])
      files.push(await broughtIn(world, person, otherwise, 6, name));
    for (const { reread } of files) await open(world, person, reread);
    let taken = 0;
    let most = 0;
    const counted: Turns = {
      take: (work) =>
        world.services.turns.take(async () => {
          taken += 1;
          most = Math.max(most, taken);
          return work().finally(() => {
            taken -= 1;
          });
        }),
    };
    await Promise.all(files.map(({ reread }) => goOn(world, person, reread, counted)));
    expect(most).toBe(1);
    for (const { id } of files) expect((await seen(world, person, id)).readings).toHaveLength(1);
  });

  it('is told of to nobody who does not see all that the file tells of', async () => {
    const { world, person } = await begun();
    const { id, reread } = await broughtIn(world, person);
    const stranger = await world.person('REPORTER');
    await open(world, person, reread);
    expect((await seen(world, stranger, id)).rereading).toMatchObject({ runs: RUNS });
    await world.records.$executeRaw`
      update node set visibility = 'RESTRICTED' where id = (
        select node_id from eval_run where import_id = ${id} order by node_id desc limit 1)`;
    expect((await seen(world, stranger, id)).rereading).toBeNull();
    expect((await seen(world, person, id)).rereading).toMatchObject({ runs: RUNS });
  });

  it('stops where whoever asked for it has lost the right to', async () => {
    const { world, person } = await begun();
    const { id, reread } = await broughtIn(world, person);
    await open(world, person, reread);
    await world.records.$executeRaw`update actor set disabled_at = now() where id = ${person.actorId}`;
    await goOn(world, person, reread);
    const runs = await world.records.evalRun.count({ where: { importId: id } });
    expect(runs).toBe(RUNS);
    expect(await world.records.importRereading.findMany()).toMatchObject([
      { read: 0, made: 0, error: expect.stringContaining('may no longer record eval runs') },
    ]);
  });
});

describe('rereadImport of a file of more than a hundred eval runs', () => {
  it('is answered at once without a reading, which is there when all of it is read', async () => {
    const { world, person } = await begun();
    const bytes = Buffer.from(JSON.stringify(recordOf(101, asBefore)));
    const { id } = await world.bringIn(person, bytes, 'many.json');
    const source = `mutation ($input: RereadImportInput!) { rereadImport(input: $input) {
      ... on RereadImportSuccess { reading { same } import { rereading { runs made error } } } } }`;
    const ask = async () => {
      const contextValue = requestContext(world.services, person);
      const input = { import: world.services.ids.encode('Import', id), idempotencyKey: 'once' };
      const { data, errors } = await graphql({ schema, source, variableValues: { input }, contextValue });
      expect(errors).toBeUndefined();
      return JSON.parse(JSON.stringify(data)).rereadImport;
    };
    expect(await ask()).toEqual({
      reading: null,
      import: { rereading: { runs: 101, made: 0, error: null } },
    });
    let now = await seen(world, person, id);
    for (; now.rereading !== null; now = await seen(world, person, id)) {
      // The two are read one after the other, and the end may come between.
      if (now.readings.length > 0) expect((await seen(world, person, id)).rereading).toBeNull();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(now.readings).toMatchObject([{ same: true, changes: [], by: { name: person.name } }]);
    expect(now.evalRuns).toHaveLength(101);
    // Under the same key it is answered as it was, and nothing is read a second time.
    expect(await ask()).toEqual({ reading: null, import: { rereading: null } });
    expect((await seen(world, person, id)).readings).toHaveLength(1);
  }, 180_000);
});
