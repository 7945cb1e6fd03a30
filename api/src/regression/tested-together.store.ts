// Who may see each of what measurements are told with, whoever asks.
import type { Guard, Teams } from '../access/audience-sight.ts';
import { GUARD, selectTeamsOf } from '../access/guards.store.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Statements } from '../platform/statements.ts';
import type { RegressionRuleRow } from './regression.ts';
import { inFamily, selectGuardsOf } from './sight.store.ts';
import type { Sighted } from './tested-together.ts';

/** A row `x` that each measurement `m` is told with, and whether it is a step of a way to a model of the family. */
const told = (from: Prisma.Sql, isWay = false) => Prisma.sql`
  select m.id, m.eval_run_id, ${isWay}::boolean as way, x.visibility, x.team_id, x.actor_id, x.audience_id from m ${from}`;

const TOLD_WITH = [
  Prisma.sql`join measurement x on x.id = m.id`,
  Prisma.sql`join node x on x.id = m.eval_run_id`,
  Prisma.sql`join behavior x on x.id = m.behavior_id`,
  Prisma.sql`join eval_run e on e.node_id = m.eval_run_id join evaluation_version x on x.id = e.evaluation_version_id`,
  Prisma.sql`join eval_run e on e.node_id = m.eval_run_id join evaluation_version v on v.id = e.evaluation_version_id
    join evaluation x on x.id = v.evaluation_id`,
  Prisma.sql`join grader_version x on x.id = m.grader_version_id`,
  Prisma.sql`join grader_version v on v.id = m.grader_version_id join grader x on x.id = v.grader_id`,
  Prisma.sql`join scoring_rule_version x on x.id = m.scoring_rule_version_id`,
  Prisma.sql`join scoring_rule_version v on v.id = m.scoring_rule_version_id join scoring_rule x on x.id = v.scoring_rule_id`,
  Prisma.sql`join scoring_rule_version v on v.id = m.scoring_rule_version_id join behavior x on x.id = any(v.behavior_ids)`,
];

const step = (x: Prisma.Sql, family: Prisma.Sql) => Prisma.sql`
  join edge e on e.downstream = m.eval_run_id and e.kind = 'EVALUATED' and e.retracted_at is null
  join node u on u.id = e.upstream and ${family} cross join lateral (select ${x}.*) x`;

type Row = Guard & { measurementId: bigint; evalRunId: bigint; way: boolean };

export interface Sight {
  sighted: readonly Sighted[];
  /** Of everybody whom it takes to see what they are told with. */
  teams: Teams;
}

/** Of measurements that a rule looks at together, who may see what is said of each. */
export async function selectSighted(
  db: Statements,
  rule: Pick<RegressionRuleRow, 'id' | 'modelFamily'>,
  measurementIds: readonly bigint[],
): Promise<Sight> {
  const family = inFamily(rule.modelFamily);
  const rows = [
    ...TOLD_WITH.map((from) => told(from)),
    ...[Prisma.sql`e`, Prisma.sql`u`].map((x) => told(step(x, family), true)),
  ];
  const found = await db.$queryRaw<Row[]>`
    with m as (select * from measurement where id = any(${[...measurementIds]}::bigint[])),
      x as (${Prisma.join(rows, ' union ')})
    select x.id as "measurementId", x.eval_run_id as "evalRunId", x.way, ${GUARD} from x`;
  const ofRule = await selectGuardsOf(db, rule.id, []);
  const all = new Map<bigint, Sighted & { guards: Guard[]; ways: Guard[] }>();
  for (const { measurementId, evalRunId, way, ...guard } of found) {
    const one = all.get(measurementId) ?? { measurementId, evalRunId, guards: [...ofRule], ways: [] };
    (way ? one.ways : one.guards).push(guard);
    all.set(measurementId, one);
  }
  const sighted = [...all.values()];
  const teams = await selectTeamsOf(
    db,
    sighted.flatMap(({ guards }) => guards),
  );
  return { sighted, teams };
}
