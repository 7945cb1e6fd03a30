-- What is shared later is looked at then, too (decision 37): the author of a rule may not have seen it when it was recorded.
-- Of a rule and a measurement there is one outcome, so whatever was looked at before says nothing again.

-- Of these runs what was recorded together waits together once more. An entry of another transaction is no reason to leave
-- one out: it may be looked at at this moment, by who does not see yet what is shared here.
create function await_regression_rules_again(runs bigint[]) returns void language sql security definer
  set search_path from current as $$
  insert into regression_recording (eval_run_id, measurement_ids)
    select g.eval_run_id, g.ids from (
      select eval_run_id, array_agg(id order by id) as ids from measurement
      where eval_run_id = any(runs) and retracted_at is null group by eval_run_id, recorded_at) g
    where not exists (select from regression_recording w
      where w.eval_run_id = g.eval_run_id and w.measurement_ids = g.ids and w.xmin = pg_current_xact_id()::xid)
    order by g.eval_run_id, g.ids;
$$;
revoke execute on function await_regression_rules_again(bigint[]) from public;

-- Visibilities are ordered from the widest to the narrowest. A new audience may name people. What everybody who signs in
-- saw before, every author of a rule did.
create function watch_shared_run() returns trigger language plpgsql security definer set search_path from current as $$
begin
  perform await_regression_rules_again(array[new.id]);
  return null;
end $$;
create trigger y_regressions after update of visibility, audience_id on node for each row
  when (new.kind = 'EVAL_RUN' and old.visibility > 'MEMBERS' and (new.visibility < old.visibility
    or (new.audience_id is not null and new.audience_id is distinct from old.audience_id)))
  execute function watch_shared_run();

create function watch_shared_measurements() returns trigger language plpgsql security definer
  set search_path from current as $$
begin
  perform await_regression_rules_again(array(
    select distinct n.eval_run_id from moved n join was o on o.id = n.id
    where o.visibility > 'MEMBERS' and (n.visibility < o.visibility
      or (n.audience_id is not null and n.audience_id is distinct from o.audience_id))));
  return null;
end $$;
create trigger y_regressions_shared after update on measurement referencing old table as was new table as moved
  for each statement execute function watch_shared_measurements();

-- Who is named later on what others are named on already.
create function watch_newly_named() returns trigger language plpgsql security definer set search_path from current as $$
begin
  perform await_regression_rules_again(array(
    select n.id from node n where n.kind = 'EVAL_RUN' and n.visibility > 'MEMBERS'
      and n.audience_id in (select audience_id from named)
    union select m.eval_run_id from measurement m where m.visibility > 'MEMBERS'
      and m.audience_id in (select audience_id from named)));
  return null;
end $$;
create trigger y_regressions after insert on audience_member referencing new table as named
  for each statement execute function watch_newly_named();
