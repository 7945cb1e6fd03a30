-- Who shared a thing with whom, and who opened what is restricted and why, was read by everybody named on the node. It is told
-- apart, and beside the team to the node's owner: of the audiences only that of an owner alone is for what is told apart.
create or replace function audience_of_new_event() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if new.apart then
    if new.audience_id is not null and not is_unshared(new.audience_id) then
      new.audience_id := null;
    end if;
    return new;
  end if;
  new.audience_id := null;
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

-- What was recorded before. Who owns the node counted as named, and reads on.
alter table event disable trigger b_keep;
update event x set apart = true,
  audience_id = case when x.audience_id is not null and n.actor_id <> x.actor_id
    then audience_of_owner(n.actor_id, n.team_id) end
from node n
where n.id = x.node_id and not x.apart and x.type in ('SHARED', 'EVIDENCE_REVEALED', 'IMPORT_REVEALED');
alter table event enable trigger b_keep;
