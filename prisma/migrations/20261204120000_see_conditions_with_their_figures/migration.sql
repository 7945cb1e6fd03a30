-- A condition that was registered with its evaluation version is seen by whoever sees that. One that an import or a
-- rescoring added tells of the run that it came of, and is seen by whoever sees a figure that was taken under it.
alter table condition add column declared boolean not null default false;

-- Of those that there are it was not recorded which they are. One that was recorded in the same transaction as its
-- version, where that was not an import's, was registered with it; any other is seen with its figures from now on.
alter table condition disable trigger b_keep;
update condition c set declared = true
from evaluation_version v
where v.id = c.evaluation_version_id and v.recorded_at = c.recorded_at and not exists (
  select from eval_run r join node n on n.id = r.node_id
  where r.evaluation_version_id = v.id and r.import_id is not null and n.recorded_at = v.recorded_at);
alter table condition enable trigger b_keep;

-- A name that a hidden run gave first is no name that is taken: whoever means something else by it has a row of their
-- own, and whoever means the same shares the row, of which neither is told.
drop index condition_evaluation_version_id_name_key;
create index condition_evaluation_version_id_idx on condition (evaluation_version_id);
create unique index condition_declared_key on condition (evaluation_version_id, name) where declared;
create unique index condition_used_key on condition (evaluation_version_id, name, md5(factors::text)) where not declared;

alter policy seen on condition using ((select viewer_sees_all())
  or exists (select from evaluation_version v where v.id = evaluation_version_id offset 0)
  and (declared
    or exists (select from measurement m where m.condition_id = condition.id offset 0)
    or exists (select from score s where s.condition_id = condition.id offset 0)));
