// Who may see what runs were tested on and the files that they were read from, whoever asks.
import type { Guard } from '../access/audience-sight.ts';
import { GUARD } from '../access/guards.store.ts';
import type { Grounds } from '../evaluation/grounds.ts';
import type { Statements } from '../platform/statements.ts';
import { commonGrounds, type Ground } from './common-grounds.ts';
import type { RegressionRuleRow } from './regression.ts';
import type { Sight } from './tested-together.store.ts';

type Row = Guard & Pick<Ground, 'kind' | 'id' | 'evalRunId' | 'of'>;

/** Of measurements that a rule looks at, what the verdict on each may rest on besides them; of a threshold nothing. */
export async function selectCommonGrounds(
  db: Statements,
  rule: Pick<RegressionRuleRow, 'kind' | 'baselineIds'>,
  { sighted, teams }: Sight,
): Promise<ReadonlyMap<bigint, Grounds>> {
  if (rule.kind !== 'RISE' || sighted.length === 0) return new Map();
  const baselines = await db.$queryRaw<{ evalRunId: bigint }[]>`
    select distinct m.eval_run_id as "evalRunId" from measurement m join node r on r.id = m.eval_run_id
    where m.id = any(${[...rule.baselineIds]}::bigint[]) and m.retracted_at is null and r.retracted_at is null`;
  const baselineRunIds = baselines.map(({ evalRunId }) => evalRunId);
  const runIds = [...new Set([...baselineRunIds, ...sighted.map(({ evalRunId }) => evalRunId)])];
  const rows = await db.$queryRaw<Row[]>`
    with said as (
        select e.* from edge e join node u on u.id = e.upstream
        where e.downstream = any(${runIds}::bigint[]) and e.kind = 'TESTED_ON' and e.retracted_at is null
          and u.retracted_at is null)
    select 'TESTED_ON' as kind, x.id, x.downstream as "evalRunId", x.upstream as of, ${GUARD} from said x
    union all
    select 'TESTED_ON', s.id, s.downstream, s.upstream, ${GUARD} from said s join node x on x.id = s.upstream
    union all
    select 'IMPORT', x.id, run.node_id, x.id, ${GUARD} from eval_run run join import x on x.id = run.import_id
    where run.node_id = any(${runIds}::bigint[]) and exists (
      select from eval_sample s where s.eval_run_id = run.node_id and s.input_digest is not null)`;
  const grounds = new Map<string, Ground & { guards: Guard[] }>();
  for (const { kind, id, evalRunId, of, ...guard } of rows) {
    const key = `${kind} ${id} ${evalRunId}`;
    const ground = grounds.get(key) ?? { kind, id, evalRunId, of, guards: [] };
    ground.guards.push(guard);
    grounds.set(key, ground);
  }
  return commonGrounds(sighted, baselineRunIds, [...grounds.values()], teams);
}
