-- What changed in the lineage, for whoever keeps a copy of it in memory: which rows, not what is in them. A follower
-- reads all entries of transactions that had not ended at its last look (xid >= the snapshot's xmin then), and reads
-- the rows anew: so nothing is missed whatever the order in which transactions commit, and reading a change twice
-- does no harm. Entries are no record, and are deleted after an hour; whoever was away for longer loads all again.
CREATE TABLE "lineage_feed" (
    "seq" BIGSERIAL NOT NULL,
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "changed" TEXT NOT NULL,
    "ids" BIGINT[] NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "lineage_feed_pkey" PRIMARY KEY ("seq")
);
create index lineage_feed_xid on lineage_feed (xid);

-- One entry a statement. `ids` are those of the rows that are kept: of a fact about a node, the node's.
create function feed_lineage() returns trigger language plpgsql security definer set search_path from current as $$
begin
  execute format('insert into lineage_feed (changed, ids) select %L, array_agg(distinct %I) from changed having count(*) > 0',
    tg_argv[0], tg_argv[1]);
  return null;
end $$;

do $$
declare
  t text;
  what text;
  id text;
  operation text;
begin
  for t, what, id in values
    ('node', 'node', 'id'), ('source', 'node', 'node_id'), ('dataset_version', 'node', 'node_id'),
    ('transformation', 'node', 'node_id'), ('model_version', 'node', 'node_id'), ('training_run', 'node', 'node_id'),
    ('edge', 'edge', 'id'), ('composition', 'composition', 'id'), ('claim', 'claim', 'id'),
    ('content_measurement', 'measurement', 'id'), ('content_tag', 'tag', 'id'),
    ('audience', 'audience', 'id'), ('audience_member', 'audience', 'audience_id') loop
    foreach operation in array array['insert', 'update', 'delete'] loop
      continue when operation = 'delete' and t <> 'audience_member';
      execute format('create trigger y_feed_%3$s after %3$s on %1$I referencing %2$s table as changed
          for each statement execute function feed_lineage(%4$L, %5$L)',
        t, case operation when 'delete' then 'old' else 'new' end, operation, what, id);
    end loop;
  end loop;
end $$;

-- What the policies say of a row, said of who a row is for: the second wall for what is kept in memory, where one
-- standing stands for all rows that have it.
create function viewer_sees(visibility visibility, team_id bigint, actor_id bigint, audience_id bigint) returns boolean
  language sql stable as $$
  select viewer_sees_all()
    or ((visibility = 'PUBLIC' or (visibility = 'MEMBERS' and viewer_actor() is not null))
      and (audience_id is null or not exists (
        select from audience a where a.id = audience_id and a.embargoed_until > now())))
    or coalesce(actor_id = viewer_actor(), false)
    or (visibility <> 'RESTRICTED' and coalesce(team_id = any(viewer_teams()::bigint[]), false))
    or (audience_id is not null and exists (
      select from audience_member m where m.audience_id = viewer_sees.audience_id and m.actor_id = viewer_actor())) $$;

-- The feed tells of rows that hidden things have: only who reads all may read it.
alter table lineage_feed enable row level security;
create policy seen on lineage_feed for select using ((select viewer_sees_all()));
create policy removed on lineage_feed for delete using ((select viewer_sees_all()));
