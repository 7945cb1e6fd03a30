-- A row that is seen with another asks whether that one is seen: one look-up by its key. Where many rows are expected,
-- the planner would rather read the whole other table into a hash first, which for the nodes of a large lineage takes
-- far longer than the rows asked for. OFFSET 0 keeps it from turning the question round.
do $$
declare
  p record;
  looked_up text;
  changed int := 0;
begin
  for p in select * from pg_policies where schemaname = current_schema() and policyname in ('seen', 'whole') loop
    looked_up := regexp_replace(p.qual, 'WHERE \(([a-z_]+\.[a-z_]+ = [a-z_]+\.[a-z_]+)\)\)', 'WHERE (\1) OFFSET 0)', 'g');
    if looked_up is distinct from p.qual then
      execute format('alter policy %I on %I using (%s)', p.policyname, p.tablename, looked_up);
      changed := changed + 1;
    end if;
  end loop;
  if changed < 40 then
    raise exception 'only % policies look up what their rows are seen with', changed;
  end if;
end $$;

-- Lists of incidents by when something happened or changed are read from these, and end with the page.
create index incident_occurred on incident (coalesce(occurred_at, '-infinity'::timestamptz), node_id);
create index incident_updated_at_node_id_idx on incident (updated_at, node_id);
