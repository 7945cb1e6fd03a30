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

call bind_rows('evidence_reveal', 'exists (select from evidence e where e.id = evidence_id)');
call bind_rows('sealed_object', 'exists (select from evidence e where e.sealed_object_id = sealed_object.id)');
