import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEED_ACTOR, seedExampleData } from '../../../prisma/seed/seed.ts';
import { STORIES } from '../../../prisma/seed/stories/stories.ts';
import type { Story } from '../../../prisma/seed/story.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';

const TOTAL = STORIES.reduce((sum, story) => sum + story.steps.length, 0);

/** How many rows of each table the example data's actor recorded, and how many of them are not public. */
async function rowsOfSeed(api: TestApi): Promise<Map<string, { rows: number; hidden: number }>> {
  const { db } = api.services;
  const tables = await db.$queryRaw<{ name: string }[]>`
    select c.table_name as name from information_schema.columns c
    join information_schema.columns a using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'visibility' and a.column_name = 'actor_id'
    order by 1`;
  const found = new Map<string, { rows: number; hidden: number }>();
  for (const { name } of tables) {
    const [row] = await db.$queryRawUnsafe<{ rows: number; hidden: number }[]>(
      `select count(*)::int as rows, (count(*) filter (where t.visibility <> 'PUBLIC'))::int as hidden
       from "${name}" t join actor a on a.id = t.actor_id where a.name = $1`,
      SEED_ACTOR,
    );
    found.set(name, row!);
  }
  return found;
}

describe('loading the example data', () => {
  let api: TestApi;
  let steps: number;
  beforeAll(async () => {
    api = await testApi();
    steps = 0;
    await seedExampleData(api.services, (done, total) => {
      steps += 1;
      expect([done, total]).toEqual([steps, TOTAL]);
    });
  }, 120_000);
  afterAll(() => api.close());

  it('makes every step and says so as it goes', () => {
    expect(steps).toBe(TOTAL);
  });

  it('records nothing that an anonymous visitor may not see', async () => {
    const found = await rowsOfSeed(api);
    expect([...found].filter(([, { hidden }]) => hidden > 0)).toEqual([]);
    for (const table of [
      'node',
      'edge',
      'composition',
      'claim',
      'measurement',
      'hypothesis',
      'intervention',
    ]) {
      expect(found.get(table)?.rows, table).toBeGreaterThan(0);
    }
  });

  it('does nothing where it is loaded already', async () => {
    const before = await rowsOfSeed(api);
    await seedExampleData(api.services, () => expect.unreachable('a step was made again'));
    expect(await rowsOfSeed(api)).toEqual(before);
  });

  it('shows the three incidents, each with what was measured and where it stands', async () => {
    const { data, errors } = await api.anonymous(`{ incidents(orderBy: { field: KEY, direction: ASC }) {
      nodes { key measurements { rate citation { source certainty } } interventions { title comparisons { label verdict } } }
    } }`);
    expect(errors).toEqual([]);
    const keys = data.incidents.nodes.map((incident: { key: string }) => incident.key);
    expect(keys).toEqual(['MBI-2023-0001', 'MBI-2025-0001', 'MBI-2026-0001']);
    for (const { measurements, interventions } of data.incidents.nodes) {
      expect(measurements.length).toBeGreaterThan(0);
      for (const measurement of measurements) expect(measurement.citation.source).toBeTruthy();
      expect(interventions.length).toBeGreaterThan(0);
    }
  });

  it('counts of a checkpoint only the tokens that it had seen', async () => {
    const { data } = await api.anonymous(`{
      early: lineageNode(ref: "model:pythia-6.9b@step1000") { ... on ModelVersion { exposure { tokens } } }
      last: lineageNode(ref: "model:pythia-6.9b@step143000") { ... on ModelVersion { exposure { tokens } } }
    }`);
    expect(data.early.exposure.tokens).toBe('2097152000');
    expect(data.last.exposure.tokens).toBe('299892736000');
  });

  it('says of the deduplicated Pile that its proportions changed, and never guesses them', async () => {
    const { data } = await api.anonymous(`{ lineageNode(ref: "model:pythia-6.9b-deduped@step143000") {
      ... on ModelVersion { exposure { stages { unaccounted shares { share } losses { reason sources { name } } } } }
    } }`);
    const [stage] = data.lineageNode.exposure.stages;
    expect(stage).toMatchObject({ unaccounted: 1, shares: [] });
    expect(stage.losses[0].reason).toBe('PROPORTIONS_CHANGED');
    expect(stage.losses[0].sources.length).toBe(22);
  });

  it('follows OLMo 2 Instruct through its stages in order, the merge without data', async () => {
    const { data } = await api.anonymous(`{ lineageNode(ref: "model:olmo-2-1124-7b-instruct@main") {
      ... on ModelVersion { exposure { stages { stage tokens unaccounted } } }
    } }`);
    const stages = data.lineageNode.exposure.stages as {
      stage: string;
      tokens: string | null;
      unaccounted: number;
    }[];
    expect(stages.map((stage) => stage.stage)).toEqual([
      'PRETRAINING',
      'MIDTRAINING',
      'MIDTRAINING',
      'MIDTRAINING',
      'MERGE',
      'SFT',
      'PREFERENCE',
      'RL',
    ]);
    expect(stages[0]).toEqual({ stage: 'PRETRAINING', tokens: '3895023632384', unaccounted: 0 });
    expect(stages[4]!.tokens).toBe('0');
  });

  it('knows the share of added discourse in the condition where it was added, and not more', async () => {
    const { data } = await api.anonymous(`{
      lineageNode(ref: "model:alignment-pretraining-6.9b-misaligned-upsampled@base") {
        ... on ModelVersion { exposure(by: CONTENT_TAG, stage: PRETRAINING) {
          stages { shares { contentTag { name } share shareUpper } } } }
      } }`);
    const shares = data.lineageNode.exposure.stages[0].shares as {
      contentTag: { name: string };
      share: number;
      shareUpper: number;
    }[];
    const misaligned = shares.find(({ contentTag }) => contentTag.name === 'ai-discourse/misaligned')!;
    expect(misaligned.share).toBeCloseTo(0.01, 9);
    expect(misaligned.shareUpper).toBeCloseTo(1, 9);
  });
});

describe('example data that was cut off half-way', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await testApi();
  });
  afterAll(() => api.close());

  const good: Story['steps'] = [
    { mutation: 'registerSource', input: { name: 'a-source', citation: cited() } },
    { mutation: 'registerSource', input: { name: 'another-source', citation: cited() } },
  ];
  const wrong: Story = {
    name: 'half',
    steps: [...good, { mutation: 'registerSource', input: { name: '', citation: cited() } }],
  };
  const mended: Story = {
    name: 'half',
    steps: [...good, { mutation: 'registerSource', input: { name: 'a-third', citation: cited() } }],
  };
  function cited() {
    return { source: 'A test', certainty: 'PRIMARY' };
  }
  const names = async () => {
    const { data } = await api.anonymous('{ sources { nodes { name } } }');
    return data.sources.nodes.map((source: { name: string }) => source.name).sort();
  };

  it('stops with the story, the step and the reason, and is not called loaded', async () => {
    await expect(seedExampleData(api.services, () => {}, [wrong])).rejects.toThrow(
      /^half, step 3 of 3 \(registerSource\): .*input\.name/,
    );
    expect(await names()).toEqual(['a-source', 'another-source']);
    const { seededAt } = await api.services.db.installation.findUniqueOrThrow({ where: { id: 1 } });
    expect(seededAt).toBeNull();
  });

  it('is gone on with, even years later, and not doubled', async () => {
    await api.services.db.$executeRaw`update idempotency set expires_at = expires_at - interval '3 years'`;
    await seedExampleData(api.services, () => {}, [mended]);
    expect(await names()).toEqual(['a-source', 'a-third', 'another-source']);
    const { seededAt } = await api.services.db.installation.findUniqueOrThrow({ where: { id: 1 } });
    expect(seededAt).not.toBeNull();
    const actors = await api.services.db.actor.count({ where: { name: SEED_ACTOR } });
    expect(actors).toBe(1);
  });
});
