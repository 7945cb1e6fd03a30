-- What whoever keeps the lineage in memory asks before each answer, in one statement whose parts are planned once a
-- connection: everything recorded up to which moment has been committed (milliseconds of the epoch); the transaction
-- before which all have ended; and a row for each change that is told of since, without those that are known, or one
-- row without a change. Each of the three has a snapshot of its own, later than the one before (a volatile function in
-- a READ COMMITTED transaction).
create function lineage_news(since xid8, known bigint[])
  returns table (moment double precision, xmin xid8, seq bigint, xid xid8, changed text, ids bigint[])
  language plpgsql volatile as $$
begin
  perform speak_for('all');
  moment := extract(epoch from certain_moment()) * 1000;
  xmin := pg_snapshot_xmin(pg_current_snapshot());
  for seq, xid, changed, ids in
    select f.seq, f.xid, f.changed, f.ids from lineage_feed f
    where f.xid >= since and f.changed <> 'mark' and f.seq <> all(known) order by f.seq
  loop
    return next;
  end loop;
  if not found then return next; end if;
end $$;
