-- Two people of a team may each assert the same edge: to refuse the second would tell them of the first, which they
-- may not be allowed to see. Where they see it, the API refuses.
drop index edge_assertion_key;
create unique index edge_assertion_key on edge (downstream, upstream, kind, composition_id, team_id, actor_id)
  nulls not distinct where retracted_at is null;
