-- The second wall, where a row rests on more than its parent: a suspect on what is suspected, a statement on the
-- output that it is about, a figure on what it is a figure of. Restrictive policies stand beside those that were there.
create policy whole on suspect as restrictive for select using (
  (suspect.node_id is null or exists (select from node n where n.id = suspect.node_id))
  and (content_tag_id is null or exists (select from content_tag g where g.id = content_tag_id)));
create policy whole on composition as restrictive for select using (
  output_id is null or exists (select from node n where n.id = output_id));
create policy whole on content_measurement as restrictive for select using (
  exists (select from content_tag g where g.id = content_tag_id));
create policy whole on measurement as restrictive for select using (
  exists (select from behavior b where b.id = behavior_id));
