import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile } from '../../../api/src/interchange/import-file.ts';
import { importById } from '../../../api/src/interchange/read-imports.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { untilWaiting } from '../../testkit/until-waiting.ts';
import { asJson, logOf } from '../interchange/inspect-fixture.ts';
import { type SharedWorld, sharedWorld } from './shared-world.ts';

// Whoever has recorded something, or opened an eval run, waits here before the end of the transaction.
const LATE = 4711;
const PAUSE = [
  `create function pause() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock(${LATE}); return new; end $$`,
  `create trigger pause before insert on event for each row
    when (new.type <> 'SHARED' or new.payload->>'target' = 'EvalRun') execute function pause()`,
  `create trigger pause before insert on evaluation_version for each row execute function pause()`,
];
const WIDE = { visibility: 'PUBLIC' };

describe('what is recorded while that which it rests on is narrowed', () => {
  let world: SharedWorld;
  let folder: string;
  beforeAll(async () => {
    world = await sharedWorld();
    folder = await mkdtemp(join(tmpdir(), 'headwater-narrowed-'));
    for (const statement of PAUSE) await world.api.records.$executeRawUnsafe(statement);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await world.api.close();
  });

  /** The ids, as the anonymous see nodes. */
  const seen = async (...ids: string[]) => {
    const ask = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const { data, errors } = await world.api.anonymous(ask, { ids });
    expect(errors).toEqual([]);
    return data.nodes.map((node: { id: string } | null) => node?.id ?? null);
  };
  /** Narrows a thing after something began to be recorded, and before that ends; answers what was recorded. */
  async function meanwhile<T>(target: string, recording: () => Promise<T>): Promise<T> {
    const { records } = world.api;
    expect(await seen(target)).toEqual([target]);
    const [made, narrowing] = await records.$transaction(
      async (tx) => {
        await tx.$queryRaw`select pg_advisory_xact_lock(${LATE})::text`;
        const made = recording();
        await untilWaiting(records, made);
        const narrowing = world.build('shareWith', { target, visibility: 'RESTRICTED' }, 'shared { id }');
        await untilWaiting(records, made, narrowing);
        return [made, narrowing] as const;
      },
      { timeout: 30_000 },
    );
    const answer = await made;
    await narrowing;
    expect(await seen(target)).toEqual([null]);
    return answer;
  }

  const idOf = async (field: string, name: string) =>
    (await world.api.as(world.author)(`{ ${field}(name: "lab/${name}") { id } }`)).data[field].id as string;

  /** A public model version and evaluation of the author's, with the ids of both and of what they are versions of. */
  async function tested(name: string) {
    const { modelVersion } = await world.build('registerModelVersion', {
      ...{ model: name, version: '1' },
      ...WIDE,
    });
    await world.build(
      'registerEvaluation',
      { name: `of-${name}`, version: '1', ...WIDE },
      'evaluationVersion { id }',
    );
    return {
      modelVersion: modelVersion.id as string,
      model: await idOf('model', name),
      evaluation: await idOf('evaluation', `of-${name}`),
    };
  }
  const run = (name: string, more: object = WIDE) =>
    world.by(world.stranger)(
      'recordEvalRun',
      {
        ...{ name: `run-${name}`, evaluation: `lab/of-${name}`, evaluationVersion: '1' },
        ...{ modelVersion: `model:lab/${name}@1`, ...more },
      },
      'evalRun { id }',
    );

  it.each(['modelVersion', 'model', 'evaluation'] as const)(
    "another team's eval run is no wider than its %s",
    async (what) => {
      const name = `m-${what.toLowerCase()}`;
      const ids = await tested(name);
      const { evalRun } = await meanwhile(ids[what], () => run(name));
      expect(await seen(evalRun.id)).toEqual([null]);
    },
  );

  it.each(['modelVersion', 'model', 'evaluation'] as const)(
    'an eval run that is opened is no wider than its %s',
    async (what) => {
      const name = `o-${what.toLowerCase()}`;
      const ids = await tested(name);
      const { evalRun } = await run(name, { visibility: 'RESTRICTED' });
      await meanwhile(ids[what], () =>
        world.by(world.stranger)('shareWith', { target: evalRun.id, ...WIDE }, 'shared { id }'),
      );
      expect(await seen(evalRun.id)).toEqual([null]);
    },
  );

  it('nor is one that is read from a file of another team', async () => {
    const { modelVersion } = await world.build('registerModelVersion', {
      ...{ model: 'model-1', version: 'unspecified' },
      ...WIDE,
    });
    const path = join(folder, 'log.json');
    await writeFile(path, asJson(logOf()));
    const context = requestContext(world.api.services, world.stranger);
    const { id } = await meanwhile(modelVersion.id, () =>
      importFile(context, { path, name: 'log.json', visibility: 'PUBLIC' }),
    );
    expect(await context.load(importById, id)).toMatchObject({ status: 'SUCCEEDED' });
    const runs = await world.api.records.$queryRaw<{ id: bigint; visibility: string }[]>`
      select n.id, n.visibility::text as visibility from node n join eval_run r on r.node_id = n.id
      where r.import_id = ${id}`;
    expect(runs).toMatchObject([{ visibility: 'RESTRICTED' }]);
    expect(await seen(...runs.map((row) => world.api.services.ids.encode('EvalRun', row.id)))).toEqual([
      null,
    ]);
  });

  it.each(['datasetVersion', 'dataset'] as const)(
    'what made a dataset version is no wider than that, where the %s is narrowed',
    async (what) => {
      const dataset = `d-${what.toLowerCase()}`;
      const made = await world.build('registerDatasetVersion', { dataset, version: '1', ...WIDE });
      const target = what === 'dataset' ? await idOf('dataset', dataset) : made.datasetVersion.id;
      const { source } = await world.build('registerSource', { name: `crawl-${dataset}`, ...WIDE });
      const { transformation } = await meanwhile(target, () =>
        world.build('recordTransformation', {
          output: `dataset:lab/${dataset}@1`,
          transformation: {
            name: `made-${dataset}`,
            composition: { unit: 'FRACTION', complete: true, inputs: [{ of: source.ref, amount: 1 }] },
          },
        }),
      );
      expect(await seen(transformation.id)).toEqual([null]);
    },
  );

  it('what made a dataset version is as narrow as that, where it was being narrowed already', async () => {
    const { records } = world.api;
    const made = await world.build('registerDatasetVersion', { dataset: 'd-first', version: '1', ...WIDE });
    const { source } = await world.build('registerSource', { name: 'crawl-d-first', ...WIDE });
    const recording = await records.$transaction(
      async (tx) => {
        await tx.$executeRaw`update node set visibility = 'RESTRICTED' where kind = 'DATASET_VERSION' and name = 'd-first'`;
        const recording = world.build('recordTransformation', {
          output: 'dataset:lab/d-first@1',
          transformation: {
            name: 'made-d-first',
            composition: { unit: 'FRACTION', complete: true, inputs: [{ of: source.ref, amount: 1 }] },
          },
        });
        await untilWaiting(records, recording);
        return [recording] as const;
      },
      { timeout: 30_000 },
    );
    const { transformation } = await recording[0];
    expect(await seen(made.datasetVersion.id, transformation.id)).toEqual([null, null]);
    const rows = await records.$queryRaw`
      select n.visibility::text as node, e.visibility::text as edge, c.visibility::text as composition from node n
      join edge e on e.upstream = n.id join composition c on c.node_id = n.id where n.name = 'made-d-first'`;
    expect(rows).toEqual([{ node: 'RESTRICTED', edge: 'RESTRICTED', composition: 'RESTRICTED' }]);
  });

  it('a version that a colleague registers is no wider than its dataset, model or evaluation', async () => {
    const { colleague, build, by } = world;
    for (const [field, register, more] of [
      ['dataset', 'registerDatasetVersion', { dataset: 'grows' }],
      ['model', 'registerModelVersion', { model: 'grows' }],
      ['evaluation', 'registerEvaluation', { name: 'grows' }],
    ] as const) {
      const answer = `${field}Version { id }`;
      await build(register, { ...more, version: '1', ...WIDE }, answer);
      const made = await meanwhile(await idOf(field, 'grows'), () =>
        by(colleague)(register, { ...more, version: '2' }, answer),
      );
      expect(await seen(made[`${field}Version`].id), field).toEqual([null]);
    }
  });
});
