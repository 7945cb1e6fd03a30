-- Who may see a reveal is a matter of its audience too, which is its evidence's; a sealed object is seen with what it
-- holds, and both walls stand before them.
alter table evidence_reveal add column audience_id bigint;
create index on evidence_reveal (audience_id) where audience_id is not null;

create function audience_of_new_evidence_reveal() returns trigger language plpgsql security definer
  set search_path from current as $$
begin
  select e.audience_id into new.audience_id from evidence e where e.id = new.evidence_id;
  return new;
end $$;
create trigger a_audience before insert on evidence_reveal
  for each row execute function audience_of_new_evidence_reveal();

-- Sharing evidence moves who sees its reveals.
drop trigger b_keep on evidence_reveal;
create trigger b_keep before update on evidence_reveal for each row execute function keep_row('visibility');

-- Binds the rows of a table, for good: they are seen by their own visibility and audience, where the table has them,
-- and never without what `parents` asks for. What may be written is for the grants, the triggers and the use cases.
create procedure bind_rows(t text, parents text) language plpgsql as $$
declare
  own constant text := case when exists (
      select from pg_attribute where attrelid = t::regclass and attname = 'audience_id' and not attisdropped)
    then format($p$((visibility = 'PUBLIC' or (visibility = 'MEMBERS' and (select viewer_actor()) is not null))
        and (audience_id is null or not exists (
          select from audience a where a.id = audience_id and a.embargoed_until > now()))
      or actor_id = (select viewer_actor())
      or (visibility <> 'RESTRICTED' and team_id = any((select viewer_teams())::bigint[]))
      or (audience_id is not null and exists (
        select from audience_member m where m.audience_id = %1$I.audience_id and m.actor_id = (select viewer_actor()))))$p$, t)
    else 'true' end;
begin
  execute format('alter table %I enable row level security', t);
  execute format('create policy seen on %I for select using ((select viewer_sees_all()) or ((%s) and (%s)))', t, own, parents);
  execute format('create policy added on %I for insert with check (true)', t);
  execute format('create policy changed on %I for update using (true) with check (true)', t);
  execute format('create policy removed on %I for delete using (true)', t);
end $$;

call bind_rows('evidence_reveal', 'exists (select from evidence e where e.id = evidence_id)');
call bind_rows('sealed_object', 'exists (select from evidence e where e.sealed_object_id = sealed_object.id)');
