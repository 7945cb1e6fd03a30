-- What PostGraphile serves: the same rows by the same SQL as the other peers, as functions of a schema of its own.
create schema peer;
create view peer.lineage_node as select id, kind::text, name, version from public.node;
create view peer.lineage_edge as select id, kind::text, amount as share, upstream, downstream from public.edge;
create view peer.measurement as
  select m.id, m.rate, m.sample_count, b.name as behavior from public.measurement m join public.behavior b on b.id = m.behavior_id;
create view peer.incident as
  select node_id, key, title, severity::text, status::text, occurred_at from public.incident;

create function peer.upstream_nodes(root bigint) returns setof peer.lineage_node language sql stable as $$
  with recursive up(id) as (
    select root
    union
    select e.upstream from up cross join lateral (
      select upstream from public.edge where downstream = up.id and retracted_at is null offset 0) e)
  select n.* from up join peer.lineage_node n on n.id = up.id
$$;
create function peer.upstream_edges(root bigint) returns setof peer.lineage_edge language sql stable as $$
  with recursive up(id) as (
    select root
    union
    select e.upstream from up cross join lateral (
      select upstream from public.edge where downstream = up.id and retracted_at is null offset 0) e)
  select e.id, e.kind::text, e.amount, e.upstream, e.downstream
  from up cross join lateral (
    select * from public.edge where downstream = up.id and retracted_at is null offset 0) e
$$;
create function peer.newest_incidents() returns setof peer.incident language sql stable as $$
  select node_id, key, title, severity::text, status::text, occurred_at from public.incident
  order by occurred_at desc, node_id desc limit 100
$$;
create function peer.incident_model_versions(incident peer.incident) returns setof peer.lineage_node language sql stable as $$
  select m.* from (
    select e.upstream from public.edge e where e.downstream = incident.node_id and e.kind = 'EXHIBITED_BY'
    union
    select v.upstream from public.edge o join public.edge v on v.downstream = o.upstream
    where o.downstream = incident.node_id and o.kind = 'OBSERVED_IN' and v.kind = 'EVALUATED') e
  join peer.lineage_node m on m.id = e.upstream
$$;
create function peer.incident_measurements(incident peer.incident) returns setof peer.measurement language sql stable as $$
  select m.id, m.rate, m.sample_count, b.name from public.edge e
  join public.measurement m on m.eval_run_id = e.upstream join public.behavior b on b.id = m.behavior_id
  where e.downstream = incident.node_id and e.kind = 'OBSERVED_IN'
$$;
