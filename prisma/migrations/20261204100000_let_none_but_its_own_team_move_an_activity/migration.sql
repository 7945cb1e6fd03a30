-- An activity takes the audience of what its own team says it made. What another team says that it made gives nobody of
-- theirs a sight of it, and whoever is named on an output does not see with the activity what was recorded for fewer.
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
  activity record;
begin
  -- Rows that passed by the check of each (see below) state the moment that it would have given them.
  if exists (select from new_edge where recorded_at is distinct from moment) then
    raise exception 'An edge states another time than that at which it is recorded.' using errcode = 'HW005';
  end if;

  -- All that is asked of the ends of each edge, in one reading of the nodes that they are, each by its key: of many
  -- nodes few are ends. There are few kinds.
  with met as materialized (
    select n.* from (select downstream as id from new_edge union select upstream from new_edge order by 1) i
    cross join lateral (
      select id, kind, audience_id, visibility, actor_id,
        xmin = pg_current_xact_id()::xid and recorded_at = moment as made_here
      from node where node.id = i.id offset 0) n
  ), kinds as (
    select e.kind, d.kind as down, u.kind as up, array_agg(e.downstream) as downs, array_agg(e.upstream) as ups,
      bool_and(d.made_here) as made_here,
      bool_or(d.audience_id is not null or (d.visibility in ('TEAM', 'RESTRICTED') and d.actor_id <> e.actor_id)) as for_fewer
    from new_edge e left join met d on d.id = e.downstream left join met u on u.id = e.upstream
    group by 1, 2, 3
  ), ruled as (
    select k.*, r.kind is null as wrong, coalesce(r.may_close_cycle, false) as may_close from kinds k
    left join edge_rule r on r.kind = k.kind and r.downstream_kind = k.down and r.upstream_kind = k.up
  )
  select coalesce(bool_or(ruled.wrong), false) as some_wrong,
    coalesce(bool_or(may_close and not made_here), false) as onto_existing,
    coalesce(bool_or(ruled.for_fewer), false) as for_fewer,
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

  -- Edges are said of their downstream node, and an activity belongs to its first output: where its own team says so, and
  -- as far as it is not for fewer than the output. What is changed here is locked after the one lock above, so that no two
  -- writers wait for each other.
  if ends.for_fewer then
    update edge x set audience_id = said.audience_id
    from (
      select e.id, audience_of_said(null, e.actor_id, e.team_id, d.audience_id, d.visibility, d.actor_id, d.team_id)
        as audience_id
      from new_edge e join node d on d.id = e.downstream) said
    where x.id = said.id and said.audience_id is not null;
    for activity in
      select distinct on (a.id) a.id, a.visibility, said.audience_id
      from new_edge e join node d on d.id = e.downstream join node a on a.id = e.upstream
      cross join lateral (
        select audience_of_said(a.visibility, a.actor_id, a.team_id, d.audience_id, d.visibility, d.actor_id, d.team_id)
          as audience_id) said
      where e.kind = 'GENERATED_BY' and (e.team_id = a.team_id or e.actor_id = a.actor_id) and a.audience_id is null
        -- An embargo would hide what is open, and is an incident's alone.
        and exists (select from audience x where x.id = said.audience_id and x.embargoed_until is null)
      order by a.id, is_unshared(said.audience_id), e.id loop
      update node set audience_id = activity.audience_id where id = activity.id;
      update edge set audience_id = activity.audience_id where downstream = activity.id and audience_id is null;
      update composition set audience_id = activity.audience_id
        where node_id = activity.id and audience_id is null and not is_for_fewer(visibility, activity.visibility);
      update claim set audience_id = activity.audience_id
        where node_id = activity.id and audience_id is null and not is_for_fewer(visibility, activity.visibility);
      update citation set audience_id = activity.audience_id
      where audience_id is null and not is_for_fewer(visibility, activity.visibility) and id in (
        select citation_id from edge where downstream = activity.id
        union select citation_id from composition where node_id = activity.id
        union select citation_id from claim where node_id = activity.id
        union select citation_id from node where id = activity.id);
    end loop;
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

-- Activities that took their audience by another team's statement, and by none of their own: it is taken back, from them
-- and from what is said of them.
create temporary table taken_back as
  select a.id, a.audience_id from node a
  where a.kind in ('TRANSFORMATION', 'TRAINING_RUN') and a.audience_id is not null
    and exists (
      select from edge e join node d on d.id = e.downstream
      where e.upstream = a.id and e.kind = 'GENERATED_BY' and e.team_id <> a.team_id and e.actor_id <> a.actor_id
        and (d.audience_id = a.audience_id or exists (
          select from audience o where o.id = a.audience_id and o.owner_alone and o.actor_id = d.actor_id)))
    and not exists (
      select from edge e join node d on d.id = e.downstream
      where e.upstream = a.id and e.kind = 'GENERATED_BY' and (e.team_id = a.team_id or e.actor_id = a.actor_id)
        and (d.audience_id = a.audience_id or exists (
          select from audience o where o.id = a.audience_id and o.owner_alone and o.actor_id = d.actor_id)));
update citation c set audience_id = null from taken_back b
where c.audience_id = b.audience_id and c.id in (
  select citation_id from edge where downstream = b.id
  union select citation_id from composition where node_id = b.id
  union select citation_id from claim where node_id = b.id
  union select citation_id from node where id = b.id);
update edge x set audience_id = null from taken_back b where x.downstream = b.id and x.audience_id = b.audience_id;
update composition x set audience_id = null from taken_back b where x.node_id = b.id and x.audience_id = b.audience_id;
update claim x set audience_id = null from taken_back b where x.node_id = b.id and x.audience_id = b.audience_id;
update node x set audience_id = null from taken_back b where x.id = b.id;
drop table taken_back;

-- And what is for fewer than the activity that it is said of: nobody who is named was to see it.
update composition x set audience_id = null from node a
where a.id = x.node_id and a.kind in ('TRANSFORMATION', 'TRAINING_RUN') and x.audience_id = a.audience_id
  and is_for_fewer(x.visibility, a.visibility);
update claim x set audience_id = null from node a
where a.id = x.node_id and a.kind in ('TRANSFORMATION', 'TRAINING_RUN') and x.audience_id = a.audience_id
  and is_for_fewer(x.visibility, a.visibility);
