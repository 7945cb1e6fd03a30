-- What had been opened to people by naming them on something else is taken back, as far as what is recorded proves it
-- (decision 47).

-- Who is to see these nodes from now on: at most so widely, and another audience where they had that one.
create temporary table taken_back (id bigint primary key, visibility visibility not null, had bigint, has bigint);

create function pg_temp.take_back() returns void language plpgsql as $$
declare
  t text;
  ours text;
begin
  for t, ours in values
    ('edge', 'x.downstream = b.id'),
    ('claim', 'x.node_id = b.id'),
    ('alias', 'x.node_id = b.id'),
    ('model_alias', 'x.model_version_id = b.id'),
    ('composition', 'x.node_id = b.id'),
    ('content_measurement', 'x.dataset_version_id = b.id'),
    ('measurement', 'x.eval_run_id = b.id'),
    ('score', 'x.eval_run_id = b.id'),
    ('event', '(x.node_id = b.id or (x.subject_type = ''EvalRun'' and x.subject_id = b.id))'),
    ('node', 'x.id = b.id') loop
    if t not in ('event', 'model_alias') then
      execute format($f$
        update citation c set visibility = greatest(c.visibility, b.visibility),
          audience_id = case when c.audience_id = b.had then b.has else c.audience_id end
        from %I x, taken_back b where %s and c.id = x.citation_id
          and (c.visibility < b.visibility or c.audience_id = b.had) $f$, t, ours);
    end if;
    execute format($f$
      update %I x set visibility = greatest(x.visibility, b.visibility),
        audience_id = case when x.audience_id = b.had then b.has else x.audience_id end
      from taken_back b where %s and (x.visibility < b.visibility or x.audience_id = b.had) $f$, t, ours);
  end loop;
  delete from taken_back;
end $$;

-- Eval runs that hold the audience of a model version which only another team says that they ran on.
insert into taken_back
select r.id, r.visibility, r.audience_id, null from node r
where r.kind = 'EVAL_RUN' and r.audience_id is not null
  and exists (
    select from edge e join node m on m.id = e.upstream
    where e.downstream = r.id and e.kind = 'EVALUATED' and e.team_id <> r.team_id and e.actor_id <> r.actor_id
      and m.audience_id = r.audience_id)
  and not exists (
    select from edge e join node m on m.id = e.upstream
    where e.downstream = r.id and e.kind = 'EVALUATED' and (e.team_id = r.team_id or e.actor_id = r.actor_id)
      and m.audience_id = r.audience_id)
  and not exists (
    select from eval_run u join evaluation_version v on v.id = u.evaluation_version_id
    join evaluation o on o.id = v.evaluation_id where u.node_id = r.id and r.audience_id in (v.audience_id, o.audience_id));
select pg_temp.take_back();

-- With which change each audience began: the first that whoever made it made from then on, of a thing that has it. It
-- says how widely that thing was seen before.
create temporary table begun as
select a.id, e.recorded_at, e.was, e.became
from audience a cross join lateral (
  select x.recorded_at, x.node_id, x.payload->>'target' as target,
    (x.payload->>'from')::visibility as was, (x.payload->>'to')::visibility as became
  from event x
  where x.type = 'SHARED' and x.actor_id = a.actor_id and x.team_id = a.team_id
    and x.recorded_at >= a.created_at - interval '1 millisecond'
  order by x.recorded_at, x.id limit 1) e
where not a.owner_alone and e.recorded_at < a.created_at + interval '1 minute'
  and case e.target
    when 'Dataset' then exists (select from dataset o where o.audience_id = a.id)
    when 'Model' then exists (select from model o where o.audience_id = a.id)
    when 'Evaluation' then exists (select from evaluation o where o.audience_id = a.id)
    else exists (select from node o where o.id = e.node_id and o.audience_id = a.id
      and o.kind in ('DATASET_VERSION', 'MODEL_VERSION')) end;

-- How widely an activity was recorded: that event was never moved.
create temporary table recorded_as as
select distinct on (a.id) a.id, x.visibility, x.recorded_at
from node a join event x on x.node_id = a.id and not x.apart
where (a.kind, x.type) in (('TRAINING_RUN', 'TRAINING_RUN_RECORDED'), ('TRANSFORMATION', 'TRANSFORMATION_RECORDED'))
order by a.id, x.id;

-- What made things wider that activities are moved with; of a dataset or a model it is not kept which.
create temporary table moved as
select x.id, x.node_id, x.recorded_at, x.actor_id, x.team_id,
  (x.payload->>'from')::visibility as was, (x.payload->>'to')::visibility as became
from event x
where x.type = 'SHARED' and x.payload->>'target' in ('Dataset', 'Model', 'DatasetVersion', 'ModelVersion')
  and x.payload->>'from' <> x.payload->>'to';

-- Activities that were for fewer than what they are said to have made, when people were named on that, or when it was said
-- of what people were named on: where nothing had made the activity wider until then.
insert into taken_back
select a.id, a.visibility, a.audience_id, null
from node a join recorded_as r on r.id = a.id join begun b on b.id = a.audience_id
cross join lateral (
  select min(e.recorded_at) as first, max(e.recorded_at) as last,
    min(e.recorded_at) filter (where o.audience_id = a.audience_id) as said, max(o.visibility) as narrowest
  from edge e join node o on o.id = e.downstream where e.upstream = a.id and e.kind = 'GENERATED_BY') made
cross join lateral (
  select case when made.last <= b.recorded_at then b.recorded_at else made.said end as moment) given
where case
    when made.last <= b.recorded_at then is_for_fewer(r.visibility, b.was)
    when made.first > b.recorded_at then is_for_fewer(r.visibility, b.became) and is_for_fewer(r.visibility, made.narrowest)
      and not exists (
        select from moved m where m.recorded_at > b.recorded_at and m.recorded_at <= given.moment
          and m.became > m.was and m.became >= r.visibility)
    else false end
  and not exists (
    select from moved m where m.recorded_at > r.recorded_at and m.recorded_at < given.moment and m.became < m.was
      and (m.node_id is null or m.node_id in (
        select e.downstream from edge e where e.upstream = a.id and e.kind = 'GENERATED_BY')));
select pg_temp.take_back();

-- Eval runs that were for fewer than what they rest on, when people were named on that: no wider than the file that they
-- were read from, and never shared by themselves.
insert into taken_back
select r.id, r.visibility, r.audience_id, null
from node r join eval_run u on u.node_id = r.id join import i on i.id = u.import_id join begun b on b.id = r.audience_id
where is_for_fewer(i.visibility, b.was)
  and not exists (select from event x where x.type = 'SHARED' and x.node_id = r.id);
select pg_temp.take_back();

-- Activities that are wider than they were recorded, though nobody who may open them opened anything since.
insert into taken_back
select a.id, r.visibility, null, null
from node a join recorded_as r on r.id = a.id
where a.visibility < r.visibility
  and not exists (
    select from moved m join actor p on p.id = m.actor_id
    where m.recorded_at > r.recorded_at and m.became < m.was
      and (m.actor_id = a.actor_id or m.team_id = a.team_id or p.role = 'ADMINISTRATOR'
        or exists (select from membership w where w.team_id = a.team_id and w.actor_id = m.actor_id)));
select pg_temp.take_back();

-- Eval runs of another team than the model version or evaluation that is its own team's alone.
create temporary view holder as
select v.node_id as id, 'dataset' as what, o.visibility, o.team_id, o.actor_id, o.audience_id
  from dataset_version v join dataset o on o.id = v.dataset_id
union all select v.node_id, 'model', o.visibility, o.team_id, o.actor_id, o.audience_id
  from model_version v join model o on o.id = v.model_id
union all select r.id, 'model version', o.visibility, o.team_id, o.actor_id, o.audience_id
  from node r join edge e on e.downstream = r.id and e.kind = 'EVALUATED' and e.retracted_at is null
    and (e.team_id = r.team_id or e.actor_id = r.actor_id)
  join node o on o.id = e.upstream
union all select u.node_id, 'evaluation', o.visibility, o.team_id, o.actor_id, o.audience_id
  from eval_run u join evaluation_version o on o.id = u.evaluation_version_id
union all select u.node_id, 'evaluation', o.visibility, o.team_id, o.actor_id, o.audience_id
  from eval_run u join evaluation_version v on v.id = u.evaluation_version_id join evaluation o on o.id = v.evaluation_id;

insert into taken_back
select r.id, 'RESTRICTED', null, null from node r
where r.kind = 'EVAL_RUN' and r.visibility = 'TEAM'
  and exists (select from holder h where h.id = r.id and h.visibility = 'TEAM' and h.team_id <> r.team_id);
select pg_temp.take_back();

-- Whom a version or an eval run names, and who does not see what it tells of.
create temporary table blind as
select n.id, m.actor_id from node n join audience_member m on m.audience_id = n.audience_id
where n.kind in ('DATASET_VERSION', 'MODEL_VERSION', 'EVAL_RUN') and n.visibility in ('TEAM', 'RESTRICTED')
  and m.actor_id <> n.actor_id
  and not exists (select from actor p where p.id = m.actor_id and p.role in ('AUDITOR', 'ADMINISTRATOR'))
  and exists (
    select from holder h
    where h.id = n.id and h.visibility in ('TEAM', 'RESTRICTED') and h.actor_id <> m.actor_id
      and not exists (select from audience_member w where w.audience_id = h.audience_id and w.actor_id = m.actor_id)
      and not (h.visibility = 'TEAM' and exists (
        select from membership w where w.team_id = h.team_id and w.actor_id = m.actor_id)));
create function pg_temp.part() returns void language plpgsql as $$
declare
  n record;
  made bigint;
begin
  for n in select o.* from node o where o.id in (select id from blind) order by o.id loop
    insert into audience (team_id, actor_id) values (n.team_id, n.actor_id) returning id into made;
    insert into audience_member (audience_id, actor_id, added_by, as_owner, created_at)
    select made, m.actor_id, m.added_by, m.as_owner, m.created_at from audience_member m
    where m.audience_id = n.audience_id and m.actor_id not in (select b.actor_id from blind b where b.id = n.id)
    union select made, n.actor_id, n.actor_id, true, current_timestamp on conflict do nothing;
    insert into taken_back values (n.id, n.visibility, n.audience_id, made);
  end loop;
  perform pg_temp.take_back();
end $$;
select pg_temp.part();

drop function pg_temp.part(), pg_temp.take_back();
drop view holder;
drop table blind, moved, recorded_as, begun, taken_back;
