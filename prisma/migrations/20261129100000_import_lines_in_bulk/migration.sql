-- Lines by the hundred thousand: imports of files of lines, and checks of edges that cost no more for each of many.
--
-- A file of many lines is each sender's own: what it refers to, and what of it is refused, depends on what they see.
drop index import_digest_key;
create unique index import_digest_key on import (team_id, digest)
  where status <> 'FAILED' and format !~ '^(lineage|documents)-';
create unique index import_lines_key on import (team_id, actor_id, digest)
  where status <> 'FAILED' and format ~ '^(lineage|documents)-';

-- A row that states no audience has nothing to be taken away: the trigger is run for those that do.
drop trigger a_audience on edge;
create trigger a_audience before insert on edge for each row when (new.audience_id is not null) execute function no_audience();

-- The moment of this transaction, where it has one; as recording_moment() keeps it, and a hundred times as quick to ask.
create function moment_at_hand() returns timestamptz language sql stable as $$
  select case when current_setting('headwater.moment', true) like pg_current_xact_id()::text || ':%'
    then timestamptz 'epoch' + split_part(current_setting('headwater.moment', true), ':', 2)::bigint * interval '1 millisecond'
  end $$;

-- A row that shows nothing to check and states the moment that it would be given passes without the function.
drop trigger a_record on edge;
create trigger a_record before insert on edge for each row when (
    new.downstream = new.upstream or new.amount is not null or new.epochs is not null
    or num_nonnulls(new.retracted_at, new.retracted_by, new.retraction_reason) > 0
    or new.recorded_at is distinct from moment_at_hand())
  execute function check_edge();

-- A cycle among some nodes and the edges between them that hold at `moment` or later, as node ids, each depending on the
-- next; null where there is none. Nodes without upstreams among them are taken away until none is left (Kahn), which is
-- linear in nodes and edges; what cannot be taken away stands in, or downstream of, a cycle.
create function find_cycle_within(nodes bigint[], moment timestamptz) returns bigint[] language plpgsql
  security definer set search_path from current set enable_seqscan = off set jit = off as $$
declare
  ids bigint[];
  degree int[];       -- upstreams left, by node
  first int[];        -- where a node's dependents begin in `dependents`
  dependents int[];
  queue int[] := '{}';
  head int := 1;
  last int := 0;
  d int;
  next int[];         -- one of its upstreams that is left, by node
  place int[];        -- where the walk passed it, by node
  path int[] := '{}';
  at int;
begin
  with numbered as materialized (
    select id, row_number() over (order by id)::int as n from (select distinct s as id from unnest(nodes) s) within
  ), pair as materialized (
    select distinct a.n as down, b.n as up from numbered a
    join edge e on e.downstream = a.id and (e.retracted_at is null or e.retracted_at > greatest(e.recorded_at, moment))
    join numbered b on b.id = e.upstream
  ), counted as (
    select x.n, x.id,
      coalesce(u.c, 0) as upstreams,
      coalesce(v.c, 0) as downstreams
    from numbered x
    left join (select down, count(*)::int as c from pair group by down) u on u.down = x.n
    left join (select up, count(*)::int as c from pair group by up) v on v.up = x.n
  ), placed as (
    select n, id, upstreams, (1 + sum(downstreams) over (order by n) - downstreams)::int as start from counted
  )
  select array_agg(id order by n), array_agg(upstreams order by n), array_agg(start order by n),
    (select array_agg(down order by up) from pair)
  into ids, degree, first, dependents from placed;

  first := first || (coalesce(cardinality(dependents), 0) + 1);
  for i in 1 .. cardinality(ids) loop
    if degree[i] = 0 then
      last := last + 1;
      queue[last] := i;
    end if;
  end loop;
  while head <= last loop
    for j in first[queue[head]] .. first[queue[head] + 1] - 1 loop
      d := dependents[j];
      degree[d] := degree[d] - 1;
      if degree[d] = 0 then
        last := last + 1;
        queue[last] := d;
      end if;
    end loop;
    head := head + 1;
  end loop;
  if last = cardinality(ids) then
    return null;
  end if;

  -- Each node left has an upstream that is left: walking that way comes back to where it has been.
  next := array_fill(0, array[cardinality(ids)]);
  place := next;
  for i in 1 .. cardinality(ids) loop
    continue when degree[i] = 0;
    for j in first[i] .. first[i + 1] - 1 loop
      d := dependents[j];
      if degree[d] > 0 then
        next[d] := i;
        at := d;
      end if;
    end loop;
  end loop;
  while place[at] = 0 loop
    path := path || at;
    place[at] := cardinality(path);
    at := next[at];
  end loop;
  return (select array_agg(ids[p] order by o) from unnest(path[place[at]:]) with ordinality w(p, o));
end $$;

drop function find_cycle(bigint[], timestamptz);

-- As before, but that the search for cycles goes the way that leads through less, and is spared where ids tell enough.
-- Why two writers at once cannot close a cycle between them is told where this function was first made.
create or replace function check_edges() returns trigger language plpgsql
  security definer set search_path from current set enable_seqscan = off set jit = off as $$
declare
  moment timestamptz := recording_moment();
  wrong record;
  ends record;
  downs bigint[];
  ups bigint[];
  cycle bigint[];
  start int;
  region bigint[];
  most int;
begin
  -- All that is asked of the ends of each edge, in one reading of them; there are few kinds.
  with kinds as (
    select e.kind, d.kind as down, u.kind as up, array_agg(e.downstream) as downs, array_agg(e.upstream) as ups,
      bool_and(d.xmin = pg_current_xact_id()::xid and d.recorded_at = moment) as made_here
    from new_edge e left join node d on d.id = e.downstream left join node u on u.id = e.upstream
    group by 1, 2, 3
  ), ruled as (
    select k.*, r.kind is null as wrong, coalesce(r.may_close_cycle, false) as may_close from kinds k
    left join edge_rule r on r.kind = k.kind and r.downstream_kind = k.down and r.upstream_kind = k.up
  )
  select coalesce(bool_or(ruled.wrong), false) as some_wrong,
    coalesce(bool_or(may_close and not made_here), false) as onto_existing,
    (select array_agg(x) from ruled, unnest(ruled.downs) x where may_close) as downs,
    (select array_agg(x) from ruled, unnest(ruled.ups) x where may_close) as ups
  into ends from ruled;

  if ends.some_wrong then
    select e.kind, e.downstream, e.upstream, d.kind as down, u.kind as up into wrong
    from new_edge e
    left join node d on d.id = e.downstream
    left join node u on u.id = e.upstream
    left join edge_rule r on r.kind = e.kind and r.downstream_kind = d.kind and r.upstream_kind = u.kind
    where r.kind is null limit 1;
    if wrong.down is null or wrong.up is null then
      raise exception 'An edge refers to a node that is not recorded.' using errcode = 'HW010',
        detail = json_build_array(case when wrong.down is null then wrong.downstream else wrong.upstream end)::text;
    end if;
    raise exception '% does not join a % to a %.', wrong.kind, wrong.down, wrong.up using errcode = 'HW002',
      detail = json_build_array(wrong.downstream, wrong.upstream)::text;
  end if;

  if exists (select from (select distinct team_id, actor_id from new_edge) e
      where not exists (select from team t where t.id = e.team_id)
         or not exists (select from actor a where a.id = e.actor_id))
    or exists (select from (select distinct citation_id from new_edge where citation_id is not null) e
      where not exists (select from citation c where c.id = e.citation_id)) then
    raise exception 'An edge refers to a team, actor or citation that is not recorded.' using errcode = 'HW010';
  end if;

  if exists (select from new_edge where composition_id is not null) then
    -- Two writers adding to one composition take turns, so that each sums what the other added.
    perform from composition c
    where c.id in (select composition_id from new_edge) order by c.id for no key update;
    if exists (select from new_edge e left join composition c on c.id = e.composition_id
        where e.composition_id is not null
          and (c.id is null or c.node_id <> e.downstream or c.retracted_at is not null
            or e.kind not in ('USED', 'DERIVED_FROM', 'GENERATED_BY'))) then
      raise exception 'An edge can only be part of a composition of its own downstream node.' using errcode = 'HW010';
    end if;
    select c.id, c.unit, sum(e.amount) as sum, coalesce(c.total, 1) as total into wrong
    from composition c join edge e on e.composition_id = c.id and e.retracted_at is null and e.amount_unit = c.unit
    where c.id in (select distinct composition_id from new_edge)
      and (c.unit = 'FRACTION' or (c.basis = 'CONTRIBUTED' and c.total is not null))
    group by c.id
    having sum(e.amount) > coalesce(c.total, 1) * 1.001 limit 1;
    if found then
      raise exception 'The inputs sum to %, more than %.', wrong.sum, wrong.total using errcode = 'HW004';
    end if;
  end if;

  -- From here on: cycles. A node made in this transaction is known by its row's transaction and its moment.
  if ends.onto_existing then
    if current_setting('transaction_isolation') <> 'read committed' then
      raise exception 'Edges onto existing nodes are recorded under READ COMMITTED.' using errcode = 'HW009';
    end if;
    perform pg_advisory_xact_lock(1751216500, 1);
  end if;

  -- An edge whose downstream node has no dependents closes nothing, nor does one whose upstream node depends on nothing.
  with pair as (
    select * from unnest(ends.downs, ends.ups) p(down, up)
  ), depended as materialized (
    select d.down from (select distinct down from pair) d where exists (
      select from edge x where x.upstream = d.down
        and (x.retracted_at is null or x.retracted_at > greatest(x.recorded_at, moment)))
  )
  select array_agg(distinct p.down), array_agg(distinct p.up) into downs, ups
  from (select p.down, p.up from pair p join depended d on d.down = p.down offset 0) p
  where exists (select from edge y where y.downstream = p.up
    and (y.retracted_at is null or y.retracted_at > greatest(y.recorded_at, moment)));
  if downs is null then
    return null;
  end if;

  -- A cycle through a new edge holds its downstream node, and so lies among what depends on it. That is little where
  -- things are recorded after what they depend on; else it lies among what the upstream nodes depend on.
  most := 64 + 4 * cardinality(downs);
  select array_agg(id) into region from (
    with recursive down(id) as (
      select s from unnest(downs) s
      union
      select e.downstream from down cross join lateral (
        select downstream from edge where upstream = down.id
          and (retracted_at is null or retracted_at > greatest(recorded_at, moment)) offset 0) e)
    select id from down limit most) reached;
  if cardinality(region) < most then
    if not exists (select unnest(region) intersect select unnest(ups)) then
      return null;
    end if;
  else
    select array_agg(id) into region from (
      with recursive up(id) as (
        select s from unnest(ups) s
        union
        select e.upstream from up cross join lateral (
          select upstream from edge where downstream = up.id
            and (retracted_at is null or retracted_at > greatest(recorded_at, moment)) offset 0) e)
      select id from up) reached;
    if not exists (select unnest(region) intersect select unnest(downs)) then
      return null;
    end if;
  end if;

  -- Ids cannot fall all the way round: where every edge leads to a lower one there is no cycle. One that leads to a
  -- higher one is reason to look, and no more than that.
  if not exists (
    select e.upstream from unnest(region) a(id) cross join lateral (
      select upstream from edge where downstream = a.id and upstream > a.id
        and (retracted_at is null or retracted_at > greatest(recorded_at, moment)) offset 0) e
    intersect select unnest(region)) then
    return null;
  end if;
  cycle := find_cycle_within(region, moment);
  if cycle is null then
    return null;
  end if;
  select c.i into start
  from (select o as i, id as down, lead(id, 1, cycle[1]) over (order by o) as up
        from unnest(cycle) with ordinality w(id, o)) c
  join new_edge e on e.downstream = c.down and e.upstream = c.up
  order by c.i limit 1;
  cycle := cycle[coalesce(start, 1):] || cycle[:coalesce(start, 1) - 1];
  raise exception 'The upstream node already depends on the downstream node.' using errcode = 'HW008',
    detail = to_json(cycle)::text;
end $$;

