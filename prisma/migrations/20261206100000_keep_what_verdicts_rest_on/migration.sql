-- A verdict rests on more than the two measurements: on what their runs were said to be tested on, and on the files whose
-- digests told their items apart. Which of it was used is kept with the outcome, and is seen by whoever sees that (decision 61).
alter table regression_outcome
  add column tested_on_ids bigint[] not null default '{}',
  add column import_ids bigint[] not null default '{}';

-- Of those that there are it was not kept: what held when each was said may have been used, whoever sees it. A threshold
-- is about the measurement alone.
alter table regression_outcome disable trigger b_keep;
with compared as (
  select o.id, o.recorded_at, m.eval_run_id as own,
    array(select distinct b.eval_run_id from measurement b
      where b.id = any(r.baseline_ids) and b.eval_run_id <> m.eval_run_id) as others
  from regression_outcome o join regression_rule r on r.id = o.regression_rule_id join measurement m on m.id = o.measurement_id
  where o.baseline_id is not null),
told as (
  select run.node_id as run, run.import_id as file from eval_run run
  where run.import_id is not null
    and run.node_id in (select own from compared union select unnest(others) from compared)
    and exists (select from eval_sample s where s.eval_run_id = run.node_id and s.input_digest is not null))
update regression_outcome o set
  tested_on_ids = array(
    select e.id from edge e
    where e.kind = 'TESTED_ON' and (e.downstream = c.own or e.downstream = any(c.others)) and c.others <> '{}'
      and e.recorded_at <= c.recorded_at and (e.retracted_at is null or e.retracted_at > c.recorded_at)
    order by e.id),
  import_ids = case
    when exists (select from told t where t.run = c.own) and exists (select from told t where t.run = any(c.others))
    then array(select distinct t.file from told t where t.run = c.own or t.run = any(c.others) order by t.file)
    else '{}' end
from compared c where c.id = o.id;
alter table regression_outcome enable trigger b_keep;

alter policy seen on regression_outcome using ((select viewer_sees_all())
  or (exists (select from regression_rule r where r.id = regression_rule_id offset 0)
    and exists (select from measurement m where m.id = measurement_id offset 0)
    and not exists (select from unnest(tested_on_ids) used(id) where not exists (
      select from edge e join node n on n.id = e.upstream where e.id = used.id offset 0))
    and not exists (select from unnest(import_ids) used(id) where not exists (
      select from import i where i.id = used.id offset 0))));
