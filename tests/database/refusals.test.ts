import { beforeAll, describe, expect, it } from 'vitest';
import { EDGE_RULES, NODE_KINDS } from '../../api/src/lineage/kinds.ts';
import { REFUSED } from '../../api/src/platform/database-error.ts';
import {
  type Connection,
  code,
  composition,
  edge,
  node,
  nodes,
  refusal,
  retract,
  useDatabase,
} from './record.ts';

const database = useDatabase();
let client: Connection;
beforeAll(async () => {
  client = await database.owner();
});

describe('edges', () => {
  it('refuses an edge from a node to itself', async () => {
    const a = await node(client, 'DATASET_VERSION');
    expect(await code(edge(client, a, a))).toBe(REFUSED.SELF_EDGE);
  });

  it('knows the same rules of kinds as the code', async () => {
    const { rows } = await client.query(
      `select kind::text, downstream_kind::text as downstream, upstream_kind::text as upstream,
              edge_group::text as "group", carries_mass as "carriesMass" from edge_rule`,
    );
    const sorted = (rules: readonly object[]) =>
      rules.map((rule) => JSON.stringify(rule, Object.keys(rule).sort())).sort();
    expect(sorted(rows)).toEqual(sorted(EDGE_RULES));
  });

  it('accepts every pair of kinds that a rule names, and refuses every other', async () => {
    const one = new Map<string, [number, number]>();
    for (const kind of NODE_KINDS) one.set(kind, [await node(client, kind), await node(client, kind)]);
    const kinds = [...new Set(EDGE_RULES.map((rule) => rule.kind))];
    const wrong: string[] = [];
    for (const kind of kinds) {
      for (const down of NODE_KINDS) {
        for (const up of NODE_KINDS) {
          const allowed = EDGE_RULES.some(
            (r) => r.kind === kind && r.downstream === down && r.upstream === up,
          );
          await client.query('begin');
          const outcome = await code(edge(client, one.get(down)![0], one.get(up)![1], { kind }));
          await client.query('rollback');
          if (outcome !== (allowed ? 'accepted' : REFUSED.EDGE_KIND))
            wrong.push(`${down} ${kind} ${up}: ${outcome}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['a negative amount', { amount: -1, unit: 'TOKENS' }, REFUSED.AMOUNT],
    ['an amount that is not a number', { amount: Number.NaN, unit: 'TOKENS' }, REFUSED.AMOUNT],
    ['an infinite amount', { amount: Number.POSITIVE_INFINITY, unit: 'TOKENS' }, REFUSED.AMOUNT],
    ['an amount without a unit', { amount: 1 }, REFUSED.AMOUNT],
    ['no epochs', { epochs: 0 }, REFUSED.AMOUNT],
    ['epochs that are not a number', { epochs: Number.NaN }, REFUSED.AMOUNT],
    ['a fraction past 1', { amount: 1.01, unit: 'FRACTION' }, REFUSED.SHARES],
    ['a fraction past 1 by rounding', { amount: 1.0000006, unit: 'FRACTION' }, 'accepted'],
    ['an amount of nothing', { amount: 0, unit: 'TOKENS' }, 'accepted'],
  ])('of %s', async (_what, parts, expected) => {
    const [a, b] = await nodes(client, 'DATASET_VERSION', 2);
    expect(await code(edge(client, a!, b!, parts))).toBe(expected);
  });

  it('refuses an edge to a node that is not recorded', async () => {
    const a = await node(client, 'DATASET_VERSION');
    expect(await code(edge(client, a, 999_999_999))).toBe(REFUSED.EDGE_REFERENCE);
  });

  it('refuses the same assertion twice, and accepts it again once retracted', async () => {
    const [a, b] = await nodes(client, 'DATASET_VERSION', 2);
    const first = await edge(client, a!, b!);
    expect(await refusal(edge(client, a!, b!))).toMatchObject({
      code: '23505',
      constraint: 'edge_assertion_key',
    });
    await retract(client, 'edge', first);
    expect(await code(edge(client, a!, b!))).toBe('accepted');
  });

  it("refuses an edge in another node's composition, and in a retracted one", async () => {
    const [a, b, c] = await nodes(client, 'DATASET_VERSION', 3);
    const of = await composition(client, a!, 'FRACTION');
    expect(await code(edge(client, b!, c!, { composition: of }))).toBe(REFUSED.EDGE_REFERENCE);
    await retract(client, 'composition', of);
    expect(await code(edge(client, a!, c!, { composition: of }))).toBe(REFUSED.EDGE_REFERENCE);
  });
});

describe('compositions', () => {
  it('refuses fractions that sum past 1, and allows for published rounding', async () => {
    const [a, b, c, d] = await nodes(client, 'DATASET_VERSION', 4);
    const of = await composition(client, a!, 'FRACTION');
    await edge(client, a!, b!, { composition: of, amount: 0.6, unit: 'FRACTION' });
    await edge(client, a!, c!, { composition: of, amount: 0.4009, unit: 'FRACTION' });
    expect(await code(edge(client, a!, d!, { composition: of, amount: 0.01, unit: 'FRACTION' }))).toBe(
      REFUSED.SHARES,
    );
  });

  it('refuses amounts past the stated total', async () => {
    const [a, b, c] = await nodes(client, 'DATASET_VERSION', 3);
    const of = await composition(client, a!, 'TOKENS', 100);
    await edge(client, a!, b!, { composition: of, amount: 100, unit: 'TOKENS' });
    expect(await code(edge(client, a!, c!, { composition: of, amount: 1, unit: 'TOKENS' }))).toBe(
      REFUSED.SHARES,
    );
  });

  it('refuses two writers who together sum past 1', async () => {
    const [a, b, c] = await nodes(client, 'DATASET_VERSION', 3);
    const of = await composition(client, a!, 'FRACTION');
    const [one, two] = [await database.app(), await database.app()];
    await one.query('begin');
    await edge(one, a!, b!, { composition: of, amount: 0.7, unit: 'FRACTION' });
    const second = code(edge(two, a!, c!, { composition: of, amount: 0.7, unit: 'FRACTION' }));
    await one.query('commit');
    expect(await second).toBe(REFUSED.SHARES);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a total of %s', async (total) => {
    const a = await node(client, 'DATASET_VERSION');
    expect(await refusal(composition(client, a, 'TOKENS', total))).toMatchObject({
      code: '23514',
      constraint: 'composition_total',
    });
  });
});

describe('recorded rows', () => {
  it('refuses every change but a retraction and who may see it', async () => {
    const [a, b, c] = await nodes(client, 'DATASET_VERSION', 3);
    const id = await edge(client, a!, b!);
    expect(await code(client.query('update edge set upstream = $1 where id = $2', [c, id]))).toBe(
      REFUSED.CHANGED,
    );
    expect(
      await code(client.query("update edge set recorded_at = now() - interval '1 day' where id = $1", [id])),
    ).toBe(REFUSED.CHANGED);
    expect(await code(client.query("update node set name = 'other' where id = $1", [a]))).toBe(
      REFUSED.CHANGED,
    );
    expect(await code(client.query("update node set visibility = 'PUBLIC' where id = $1", [a]))).toBe(
      'accepted',
    );
  });

  it('retracts once, at a moment that the writer cannot choose', async () => {
    const [a, b] = await nodes(client, 'DATASET_VERSION', 2);
    const id = await edge(client, a!, b!);
    await client.query(
      "update edge set retracted_by = actor_id, retracted_at = '2001-01-01', retraction_reason = 'wrong' where id = $1",
      [id],
    );
    const { rows } = await client.query(
      'select retracted_at >= recorded_at as later from edge where id = $1',
      [id],
    );
    expect(rows).toEqual([{ later: true }]);
    expect(await code(retract(client, 'edge', id))).toBe('accepted');
    expect(await code(client.query("update edge set retraction_reason = 'other' where id = $1", [id]))).toBe(
      REFUSED.RETRACTED_TWICE,
    );
    expect(
      await code(
        client.query('update edge set retracted_at = null, retracted_by = null where id = $1', [id]),
      ),
    ).toBe(REFUSED.RETRACTED_TWICE);
  });

  it('overwrites the times that a writer states', async () => {
    const { rows } = await client.query(
      `insert into node (kind, name, team_id, actor_id, recorded_at, retracted_at)
       select 'SOURCE', 'stated-time', t.id, a.id, '2001-01-01', '2001-01-01' from team t, actor a limit 1
       returning recorded_at > now() - interval '1 minute' as fresh, retracted_at`,
    );
    expect(rows).toEqual([{ fresh: true, retracted_at: null }]);
  });

  it('refuses deletions and truncation of every table that keeps a record', async () => {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    );
    const passing = [
      '_prisma_migrations',
      'audience_member',
      'idempotency',
      'import_rereading',
      'incident_behavior',
      'lineage_feed',
      'membership',
      'regression_recording',
      'session',
      'sign_in_try',
      'spent_id_token',
      'watch',
    ];
    const accepted: string[] = [];
    for (const { name } of rows) {
      await client.query('begin');
      const deletion = await code(client.query(`delete from "${name}"`));
      await client.query('rollback; begin');
      const truncation = await code(client.query(`truncate "${name}" cascade`));
      await client.query('rollback');
      if (deletion !== REFUSED.REMOVED || truncation !== REFUSED.REMOVED) accepted.push(name);
    }
    expect(accepted.sort()).toEqual(passing);
  });

  it('lets a draft incident take its name once', async () => {
    const { rows } = await client.query<{ id: string }>(
      `insert into node (kind, team_id, actor_id) select 'INCIDENT', t.id, a.id from team t, actor a limit 1 returning id`,
    );
    const name = (value: string) =>
      code(client.query('update node set name = $1 where id = $2', [value, rows[0]?.id]));
    expect(await name('MBI-2025-0001')).toBe('accepted');
    expect(await name('MBI-2025-0002')).toBe(REFUSED.CHANGED);
  });

  it("refuses a row of one kind's table for a node of another", async () => {
    const a = await node(client, 'MODEL_VERSION');
    expect(await code(client.query('insert into source (node_id) values ($1)', [a]))).toBe(REFUSED.NODE_KIND);
  });

  it('frees the name of a retracted node', async () => {
    const insert = () =>
      client.query<{ id: string }>(
        `insert into node (kind, name, team_id, actor_id) select 'SOURCE', 'once', t.id, a.id from team t, actor a limit 1 returning id`,
      );
    const first = await insert();
    expect(await refusal(insert())).toMatchObject({ code: '23505', constraint: 'node_name_key' });
    await retract(client, 'node', Number(first.rows[0]?.id));
    expect(await code(insert())).toBe('accepted');
  });
});

describe('measurements', () => {
  const measuring = async (columns: string, values: string) => {
    const run = await node(client, 'EVAL_RUN');
    const insert = () =>
      client.query<{ id: string }>(
        `with team as (select id from team limit 1), actor as (select id from actor limit 1),
           e as (insert into evaluation (name, team_id, actor_id) select 'e' || $1, team.id, actor.id from team, actor returning *),
           v as (insert into evaluation_version (evaluation_id, version, team_id, actor_id) select id, '1', team_id, actor_id from e returning *),
           b as (insert into behavior (name, title, team_id, actor_id) select 'b' || $1, 'b', team_id, actor_id from e returning *),
           r as (insert into eval_run (node_id, evaluation_version_id) select $1::bigint, id from v returning *)
         insert into measurement (eval_run_id, behavior_id, team_id, actor_id, ${columns})
         select r.node_id, b.id, b.team_id, b.actor_id, ${values} from r, b returning id`,
        [run],
      );
    return { run, insert };
  };
  const measure = async (columns: string, values: string) =>
    code((await measuring(columns, values)).insert());

  it.each([
    ['a rate above 1', 'rate', '1.2', '23514'],
    ['a rate that is not a number', 'rate', "'NaN'", '23514'],
    ['a negative count', 'exhibited', '-1', '23514'],
    ['counts that do not add up', 'exhibited, not_exhibited, sample_count', '3, 4, 8', '23514'],
    ['counts that add up', 'exhibited, not_exhibited, sample_count', '3, 4, 7', 'accepted'],
    ['a rate alone', 'rate', '0.84', 'accepted'],
  ])('of %s', async (_what, columns, values, expected) => {
    expect(await measure(columns, values)).toBe(expected);
  });

  it('are of samples whose input is told by a digest behind a word for what it is of, or not at all', async () => {
    const { run, insert } = await measuring('exhibited, not_exhibited', '1, 0');
    await insert();
    const given = (digest: string | null, name = String(digest)) =>
      code(
        client.query('insert into eval_sample (eval_run_id, sample_id, input_digest) values ($1, $2, $3)', [
          run,
          name,
          digest,
        ]),
      );
    const hex = 'a'.repeat(64);
    for (const digest of [hex, `Messages:${hex}`, `messages:${hex}0`, 'messages:what was asked'])
      expect(await given(digest)).toBe('23514');
    for (const digest of [`messages:${hex}`, `document-hash:${hex}`, null])
      expect(await given(digest)).toBe('accepted');
  });

  it('count the samples of their own run alone, by one of four words each, which stays', async () => {
    const measured = async () => {
      const { run, insert } = await measuring('exhibited, not_exhibited', '1, 0');
      const measurement = Number((await insert()).rows[0]!.id);
      const { rows } = await client.query<{ id: string }>(
        "insert into eval_sample (eval_run_id, sample_id) values ($1, 's') returning id",
        [run],
      );
      return { measurement, sample: Number(rows[0]!.id) };
    };
    const [one, two] = [await measured(), await measured()];
    const judge = (measurement: number, sample: number, outcome: string) =>
      code(
        client.query(
          'insert into sample_judgement (measurement_id, eval_sample_id, outcome) values ($1, $2, $3)',
          [measurement, sample, outcome],
        ),
      );
    expect(await judge(one.measurement, two.sample, 'EXHIBITED')).toBe(REFUSED.EDGE_REFERENCE);
    expect(await judge(one.measurement, one.sample, 'GUILTY')).toBe('23514');
    expect(await judge(one.measurement, one.sample, 'UNSCORED')).toBe('accepted');
    expect(await judge(one.measurement, one.sample, 'EXHIBITED')).toBe('23505');
    expect(await code(client.query("update sample_judgement set outcome = 'EXHIBITED'"))).toBe(
      REFUSED.CHANGED,
    );
  });
});
