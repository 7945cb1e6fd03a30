-- Marks in the feed of lineage changes: how far back it is whole, and which snapshot files of the lineage are true.
--
-- A mark is an entry that changes nothing: `changed` is 'mark', and `ids` begins with `since`. Every entry of `since` and
-- later transactions is in the feed for as long as the mark is. Of a snapshot file four numbers more follow, the SHA-256
-- of its bytes. Such a mark is written after the file, and the file says nothing that had not committed before: whatever
-- database has the mark, be it a replica that took over or one put back from a backup, has all that the file tells.
create index lineage_feed_mark on lineage_feed (at) where changed = 'mark';

create function refuse_all_but_itself() returns void language plpgsql stable as $$
begin
  if not viewer_sees_all() then
    raise exception 'Headwater alone marks the feed of lineage changes.' using errcode = '42501';
  end if;
end $$;

-- `replaced` is the mark of a file that is no more.
create function mark_lineage_snapshot(since xid8, digest bigint[], replaced bigint[]) returns void
  language plpgsql security definer set search_path from current as $$
begin
  perform refuse_all_but_itself();
  if array_length(digest, 1) is distinct from 4 or since > pg_snapshot_xmin(pg_current_snapshot()) then
    raise exception 'This marks no snapshot that can have been taken.' using errcode = '22023';
  end if;
  delete from lineage_feed where changed = 'mark' and ids = replaced;
  insert into lineage_feed (changed, ids) values ('mark', since::text::bigint || digest);
end $$;

-- Entries go when their transactions had ended an hour ago, however long those took: `at` is when an entry was written,
-- which may be long before anybody could read it. What a snapshot file needs stays for a day.
create function forget_lineage_changes() returns void language plpgsql security definer set search_path from current as $$
declare
  ended bigint;
begin
  perform refuse_all_but_itself();
  select max(ids[1]) into ended from lineage_feed where changed = 'mark' and at < now() - interval '1 hour';
  if ended is not null then
    select least(ended, min(ids[1])) into ended from lineage_feed
    where changed = 'mark' and cardinality(ids) > 1 and at >= now() - interval '1 day';
    delete from lineage_feed where xid < ended::text::xid8 or (changed = 'mark' and ids[1] < ended);
  end if;
  insert into lineage_feed (changed, ids) values ('mark', array[pg_snapshot_xmin(pg_current_snapshot())::text::bigint]);
end $$;
