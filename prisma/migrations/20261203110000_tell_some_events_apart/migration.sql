-- An event may name what is narrower than the node on whose timeline it stands. Such an event is told apart: it has no
-- audience of the node's, whose people may not see what it names, neither when it is recorded nor later.
alter table event add column apart boolean not null default false;

create or replace function audience_of_new_event() returns trigger language plpgsql security definer set search_path from current as $$
begin
  new.audience_id := null;
  if not new.apart then
    select audience_of_said(new.visibility, new.actor_id, new.team_id, p.audience_id, p.visibility, p.actor_id, p.team_id)
      into new.audience_id from node p where p.id = new.node_id;
  end if;
  return new;
end $$;
