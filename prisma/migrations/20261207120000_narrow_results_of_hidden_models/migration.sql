-- A reported result of no incident was for all members, whoever saw its model version, and nobody could say otherwise. It is
-- no wider than that, with its citation and what is told of it. Visibilities are ordered from the widest to the narrowest.
create temporary table narrower on commit drop as
select r.id, r.citation_id, w.visibility
from reported_result r join node m on m.id = r.model_version_id
cross join lateral (select case when m.visibility = 'TEAM' and m.team_id <> r.team_id then 'RESTRICTED'
  else m.visibility end as visibility) w
where r.incident_id is null and r.visibility < w.visibility;
update citation c set visibility = greatest(c.visibility, n.visibility) from narrower n where c.id = n.citation_id;
update event e set visibility = greatest(e.visibility, n.visibility) from narrower n
where e.subject_type = 'ReportedResult' and e.subject_id = n.id;
update reported_result r set visibility = n.visibility from narrower n where r.id = n.id;
