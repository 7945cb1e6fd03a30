-- Events say from now on which row they are of, and move with it (decision 41). Those from before are found by what they
-- say, and what had been narrowed without them is followed here, once: where several rows say the same, each may be meant.
create temporary table told_of as
  select x.id, o.visibility, o.team_id, o.audience_id
  from event x join hypothesis o on o.incident_id = x.node_id
  where x.subject_id is null and (
    x.type in ('HYPOTHESIS_OPENED', 'HYPOTHESIS_ASSESSED') and x.payload->>'statement' = o.statement
    or x.type = 'HYPOTHESIS_EVIDENCE_ADDED' and x.payload->>'statement' in (
      select i.statement from evidence_item i where i.hypothesis_id = o.id))
  union all
  select x.id, o.visibility, o.team_id, o.audience_id
  from event x join evidence o on o.incident_id = x.node_id
  where x.subject_id is null and (
    x.type = 'EVIDENCE_ADDED' and x.payload->>'digest' = o.digest
    or x.type = 'EVIDENCE_REVEALED' and x.payload->>'title' = o.title)
  union all
  select x.id, o.visibility, o.team_id, o.audience_id
  from event own
  join node o on o.id = own.node_id and o.kind = 'EVAL_RUN'
  join edge e on e.downstream = o.id and e.kind = 'EVALUATED'
  join event x on x.node_id = e.upstream and x.type = own.type and x.payload->'ref' = own.payload->'ref'
  where own.type = 'EVAL_RUN_RECORDED' and x.subject_id is null;

-- Visibilities are ordered from the widest to the narrowest. A team means the row's: the event of somebody else's is for
-- those named alone. Who is named on the row now may read what all members could; who was named before, no longer.
update event x set
  visibility = greatest(x.visibility, n.visibility),
  audience_id = case
    when greatest(x.visibility, n.visibility) <= 'MEMBERS' or x.audience_id = any(n.audiences) then x.audience_id
    when x.visibility <= 'MEMBERS' and cardinality(n.audiences) = 1 and not exists (
      select from audience a where a.id = x.audience_id and a.embargoed_until > now()) then n.audiences[1] end
from (
  select t.id, array_agg(t.audience_id) as audiences,
    max(case when t.visibility = 'TEAM' and t.team_id <> e.team_id then 'RESTRICTED' else t.visibility end) as visibility
  from told_of t join event e on e.id = t.id group by t.id) n
where x.id = n.id;
drop table told_of;
