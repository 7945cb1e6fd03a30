-- Changes are looked for with a snapshot that is later than the moment, so that none up to it is missed: a volatile
-- function in a READ COMMITTED transaction has that. In any other it is refused from now on.
create or replace function lineage_news(since xid8, known bigint[])
  returns table (moment double precision, xmin xid8, seq bigint, xid xid8, changed text, ids bigint[])
  language plpgsql volatile as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'lineage_news looks several times, which a transaction of one snapshot cannot';
  end if;
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
