-- Whoever owns a thing counts as named in its audience, though nobody named them: what others say of it takes that
-- audience, and is nobody's more than theirs.
ALTER TABLE "audience" ADD COLUMN "owner_alone" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "audience_member" ADD COLUMN "as_owner" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "audience_member" DROP CONSTRAINT "audience_member_pkey";
ALTER TABLE "audience_member" ADD CONSTRAINT "audience_member_pkey" PRIMARY KEY ("audience_id", "actor_id", "as_owner");

-- Of each owner there is one audience of nobody but them, for what others say of a thing that was never shared.
create unique index audience_of_each_owner on audience (actor_id) where owner_alone;

create function audience_of_owner(owner bigint, team bigint) returns bigint
  language plpgsql security definer set search_path from current as $$
declare
  found bigint;
begin
  select a.id into found from audience a where a.actor_id = owner and a.owner_alone;
  if found is not null then
    return found;
  end if;
  insert into audience (team_id, actor_id, owner_alone) values (team, owner, true)
    on conflict (actor_id) where owner_alone do nothing returning id into found;
  if found is null then
    select a.id into found from audience a where a.actor_id = owner and a.owner_alone;
    return found;
  end if;
  insert into audience_member (audience_id, actor_id, added_by, as_owner) values (found, owner, owner, true);
  return found;
end $$;

-- Whether nobody was named in it, nor an embargo laid on it: none, or its owner's alone.
create function is_unshared(audience bigint) returns boolean language sql stable as
  $$ select audience is null or exists (select from audience a where a.id = is_unshared.audience and a.owner_alone) $$;

-- The audience of what somebody says of a thing: the thing's, or its owner's alone where it has none and its visibility
-- does not show the owner what others say; none where it is for fewer than the thing.
create function audience_of_said(said visibility, by_whom bigint, of_team bigint, thing bigint, over visibility,
    owner bigint, team bigint) returns bigint language plpgsql security definer set search_path from current as $$
begin
  if is_for_fewer(said, over) then
    return null;
  end if;
  if thing is null and owner <> by_whom and (over = 'RESTRICTED' or (over = 'TEAM' and team <> of_team)) then
    return audience_of_owner(owner, team);
  end if;
  return thing;
end $$;

do $$
declare
  t text;
  parent text;
  cites boolean;
begin
  for t, parent in values
    ('composition', 'node p where p.id = new.node_id'),
    ('claim', 'node p where p.id = new.node_id'),
    ('alias', 'node p where p.id = new.node_id'),
    ('event', 'node p where p.id = new.node_id'),
    ('content_measurement', 'node p where p.id = new.dataset_version_id'),
    ('measurement', 'node p where p.id = new.eval_run_id'),
    ('score', 'node p where p.id = new.eval_run_id'),
    ('reported_result', 'node p where p.id = new.incident_id'),
    ('evidence', 'node p where p.id = new.incident_id'),
    ('report', 'node p where p.id = new.incident_id'),
    ('suspect', 'node p where p.id = new.incident_id'),
    ('related_incident', 'node p where p.id = new.incident_id'),
    ('hypothesis', 'node p where p.id = new.incident_id'),
    ('intervention', 'node p where p.id = new.incident_id'),
    ('evidence_item', 'hypothesis p where p.id = new.hypothesis_id'),
    ('assessment', 'hypothesis p where p.id = new.hypothesis_id'),
    ('dispute', '(
        select e.audience_id, e.visibility, e.actor_id, e.team_id from edge e where e.id = new.edge_id
        union all select c.audience_id, c.visibility, c.actor_id, c.team_id from claim c where c.id = new.claim_id
        union all select c.audience_id, c.visibility, c.actor_id, c.team_id from composition c where c.id = new.composition_id
        union all select n.audience_id, n.visibility, n.actor_id, n.team_id from node n where n.id = new.node_id) p'),
    ('evidence_reveal', 'evidence p where p.id = new.evidence_id'),
    ('standard_version', 'standard p where p.id = new.standard_id'),
    ('standard_approval', 'standard_version p where p.id = new.standard_version_id'),
    ('grader_version', 'grader p where p.id = new.grader_id'),
    ('evaluation_version', 'evaluation p where p.id = new.evaluation_id') loop
    cites := t not in ('event', 'report', 'suspect', 'related_incident', 'evidence_reveal');
    execute format($f$
      create or replace function %1$I() returns trigger language plpgsql security definer set search_path from current as $b$
      begin
        new.audience_id := null;
        select audience_of_said(new.visibility, new.actor_id, new.team_id, p.audience_id, p.visibility, p.actor_id, p.team_id)
          into new.audience_id from %2$s;
        if new.audience_id is not null %3$s then
          update citation set audience_id = new.audience_id where id = %4$s and audience_id is null;
        end if;
        return new;
      end $b$ $f$, 'audience_of_new_' || t, parent,
      case when cites then 'and new.citation_id is not null' else 'and false' end,
      case when cites then 'new.citation_id' else 'null' end);
  end loop;

  for t, parent in values ('dataset_version', 'dataset'), ('model_version', 'model') loop
    execute format($f$
      create or replace function %1$I() returns trigger language plpgsql security definer set search_path from current as $b$
      declare
        found bigint;
      begin
        select audience_of_said(n.visibility, n.actor_id, n.team_id, p.audience_id, p.visibility, p.actor_id, p.team_id)
          into found from %2$I p join node n on n.id = new.node_id where p.id = new.%3$I;
        if found is not null then
          update node set audience_id = found where id = new.node_id;
          update citation set audience_id = found
          where id = (select citation_id from node where id = new.node_id) and audience_id is null;
        end if;
        return null;
      end $b$ $f$, 'audience_of_new_' || t, parent, parent || '_id');
  end loop;
end $$;

-- Edges are said of their downstream node, and an activity belongs to its first output.
create or replace function audience_of_new_edges() returns trigger
  language plpgsql security definer set search_path from current as $$
declare
  activity record;
begin
  if not exists (select from new_edge e join node d on d.id = e.downstream
      where d.audience_id is not null or (d.visibility in ('TEAM', 'RESTRICTED') and d.actor_id <> e.actor_id)) then
    return null;
  end if;
  update edge x set audience_id = said.audience_id
  from (
    select e.id, audience_of_said(null, e.actor_id, e.team_id, d.audience_id, d.visibility, d.actor_id, d.team_id)
      as audience_id
    from new_edge e join node d on d.id = e.downstream) said
  where x.id = said.id and said.audience_id is not null;
  for activity in
    select distinct a.id, a.audience_id as own,
      audience_of_said(null, a.actor_id, a.team_id, d.audience_id, d.visibility, d.actor_id, d.team_id) as audience_id
    from new_edge e join node d on d.id = e.downstream join node a on a.id = e.upstream
    where e.kind = 'GENERATED_BY' and is_unshared(a.audience_id) loop
    continue when activity.audience_id is null or (activity.own is not null and is_unshared(activity.audience_id));
    update node set audience_id = activity.audience_id where id = activity.id;
    update edge set audience_id = activity.audience_id where downstream = activity.id and is_unshared(audience_id);
    update composition set audience_id = activity.audience_id where node_id = activity.id and is_unshared(audience_id);
    update claim set audience_id = activity.audience_id where node_id = activity.id and is_unshared(audience_id);
    update citation set audience_id = activity.audience_id where is_unshared(audience_id) and id in (
      select citation_id from edge where downstream = activity.id
      union select citation_id from composition where node_id = activity.id
      union select citation_id from claim where node_id = activity.id
      union select citation_id from node where id = activity.id);
  end loop;
  return null;
end $$;

-- Owners of what is shared today. What others said of things that were never shared stays as it was recorded: nothing
-- tells whether it was for fewer than the thing at that time.
insert into audience_member (audience_id, actor_id, added_by, as_owner)
select distinct owned.audience_id, owned.actor_id, owned.actor_id, true from (
  select audience_id, actor_id from dataset
  union all select audience_id, actor_id from model
  union all select audience_id, actor_id from evaluation
  union all select n.audience_id, n.actor_id from node n where n.kind in ('INCIDENT', 'SOURCE')
  union all select n.audience_id, n.actor_id from node n
    join dataset_version v on v.node_id = n.id join dataset p on p.id = v.dataset_id
    where n.audience_id is distinct from p.audience_id
  union all select n.audience_id, n.actor_id from node n
    join model_version v on v.node_id = n.id join model p on p.id = v.model_id
    where n.audience_id is distinct from p.audience_id
  union all select n.audience_id, n.actor_id from node n
    join eval_run r on r.node_id = n.id
    left join evaluation_version v on v.id = r.evaluation_version_id left join evaluation p on p.id = v.evaluation_id
    where n.audience_id is distinct from p.audience_id and not exists (
      select from edge e join node m on m.id = e.upstream
      where e.downstream = n.id and e.kind = 'EVALUATED' and m.audience_id = n.audience_id)
  union all select x.audience_id, x.actor_id from evidence x join node n on n.id = x.incident_id
    where x.audience_id is distinct from n.audience_id
  union all select x.audience_id, x.actor_id from hypothesis x join node n on n.id = x.incident_id
    where x.audience_id is distinct from n.audience_id) owned
where owned.audience_id is not null;
