-- What a model version's timeline tells of an eval run or a reported result is for whoever is named on those, and not for
-- whoever is named on the model version (decision 46).
create or replace function audience_of_new_event() returns trigger language plpgsql security definer set search_path from current as $$
begin
  new.audience_id := null;
  if new.apart then
    return new;
  end if;
  if new.subject_type = 'ReportedResult' then
    select audience_of_said(new.visibility, new.actor_id, new.team_id, p.audience_id, p.visibility, p.actor_id, p.team_id)
      into new.audience_id from reported_result p where p.id = new.subject_id;
  else
    select audience_of_said(new.visibility, new.actor_id, new.team_id, p.audience_id, p.visibility, p.actor_id, p.team_id)
      into new.audience_id from node p
      where p.id = case when new.subject_type = 'EvalRun' then new.subject_id else new.node_id end;
  end if;
  return new;
end $$;

-- What was recorded before: of eval runs whose event keeps which it is of, and of all that did not keep that.
update event x set audience_id = case when is_for_fewer(x.visibility, r.visibility) then null else r.audience_id end
from node r
where x.subject_type = 'EvalRun' and r.id = x.subject_id and not x.apart and x.node_id <> r.id
  and x.audience_id is distinct from r.audience_id;

update event x set audience_id = null from node m
where m.id = x.node_id and m.kind = 'MODEL_VERSION' and x.subject_id is null and x.audience_id is not null
  and x.type in ('EVAL_RUN_RECORDED', 'REPORTED_RESULT_RECORDED');

-- Reported results whose incident was narrowed, or put under an embargo: by what the events say. Where several results of
-- the model version say the same, each may be meant. Visibilities are ordered from the widest to the narrowest; a team
-- means the incident's, without which nobody sees the result: the event of somebody else's is for whoever recorded it.
update event x set visibility = greatest(x.visibility, n.visibility)
from (
  select m.id, max(case when m.narrow = 'TEAM' and not m.own then 'RESTRICTED' else m.narrow end) as visibility
  from (
    select e.id, e.team_id = r.team_id and e.team_id = coalesce(i.team_id, r.team_id) as own,
      greatest(r.visibility, i.visibility, case when exists (
        select from audience a where a.id in (r.audience_id, i.audience_id) and a.embargoed_until > now())
        then 'TEAM'::visibility end) as narrow
    from event e
    join reported_result r on r.model_version_id = e.node_id and r.statement = e.payload->>'statement'
    left join node i on i.id = r.incident_id
    where e.type = 'REPORTED_RESULT_RECORDED' and e.subject_id is null) m
  group by m.id) n
where x.id = n.id and n.visibility > x.visibility;
