-- Whoever is named on a thing sees with it what is as narrow as it, and not what was recorded for fewer: a row that
-- is for a team or for one person alone, said of what more people see, begins without an audience.
create function is_for_fewer(of visibility, than visibility) returns boolean language sql immutable as
  $$ select coalesce(of > than and of in ('TEAM', 'RESTRICTED'), false) $$;

do $$
declare
  t text;
  parent text;
begin
  for t, parent in values
    ('composition', 'select n.audience_id, n.visibility into found, over from node n where n.id = new.node_id'),
    ('claim', 'select n.audience_id, n.visibility into found, over from node n where n.id = new.node_id'),
    ('alias', 'select n.audience_id, n.visibility into found, over from node n where n.id = new.node_id'),
    ('event', 'select n.audience_id, n.visibility into found, over from node n where n.id = new.node_id'),
    ('content_measurement', 'select n.audience_id, n.visibility into found, over from node n where n.id = new.dataset_version_id'),
    ('measurement', 'select n.audience_id, n.visibility into found, over from node n where n.id = new.eval_run_id'),
    ('score', 'select n.audience_id, n.visibility into found, over from node n where n.id = new.eval_run_id'),
    ('reported_result', 'select n.audience_id, n.visibility into found, over from node n where n.id = new.incident_id'),
    ('evidence', 'select n.audience_id, n.visibility into found, over from node n where n.id = new.incident_id'),
    ('report', 'select n.audience_id, n.visibility into found, over from node n where n.id = new.incident_id'),
    ('suspect', 'select n.audience_id, n.visibility into found, over from node n where n.id = new.incident_id'),
    ('related_incident', 'select n.audience_id, n.visibility into found, over from node n where n.id = new.incident_id'),
    ('hypothesis', 'select n.audience_id, n.visibility into found, over from node n where n.id = new.incident_id'),
    ('intervention', 'select n.audience_id, n.visibility into found, over from node n where n.id = new.incident_id'),
    ('evidence_item', 'select h.audience_id, h.visibility into found, over from hypothesis h where h.id = new.hypothesis_id'),
    ('assessment', 'select h.audience_id, h.visibility into found, over from hypothesis h where h.id = new.hypothesis_id'),
    ('dispute', 'select p.audience_id, p.visibility into found, over from (
        select e.audience_id, e.visibility from edge e where e.id = new.edge_id
        union all select c.audience_id, c.visibility from claim c where c.id = new.claim_id
        union all select c.audience_id, c.visibility from composition c where c.id = new.composition_id
        union all select n.audience_id, n.visibility from node n where n.id = new.node_id) p'),
    ('evidence_reveal', 'select e.audience_id, e.visibility into found, over from evidence e where e.id = new.evidence_id'),
    ('standard_version', 'select s.audience_id, s.visibility into found, over from standard s where s.id = new.standard_id'),
    ('standard_approval', 'select v.audience_id, v.visibility into found, over from standard_version v where v.id = new.standard_version_id'),
    ('grader_version', 'select g.audience_id, g.visibility into found, over from grader g where g.id = new.grader_id'),
    ('evaluation_version', 'select e.audience_id, e.visibility into found, over from evaluation e where e.id = new.evaluation_id') loop
    execute format($f$
      create or replace function %1$I() returns trigger language plpgsql security definer set search_path from current as $b$
      declare
        found bigint;
        over visibility;
      begin
        %2$s;
        if is_for_fewer(new.visibility, over) then
          found := null;
        end if;
        new.audience_id := found;
        if found is not null %3$s then
          update citation set audience_id = found where id = %4$s and audience_id is null;
        end if;
        return new;
      end $b$ $f$, 'audience_of_new_' || t, parent,
      case when t in ('event', 'report', 'suspect', 'related_incident', 'evidence_reveal') then 'and false' else 'and new.citation_id is not null' end,
      case when t in ('event', 'report', 'suspect', 'related_incident', 'evidence_reveal') then 'null' else 'new.citation_id' end);
  end loop;

  for t, parent in values ('dataset_version', 'dataset'), ('model_version', 'model') loop
    execute format($f$
      create or replace function %1$I() returns trigger language plpgsql security definer set search_path from current as $b$
      declare
        found bigint;
      begin
        select p.audience_id into found from %2$I p join node n on n.id = new.node_id
        where p.id = new.%3$I and not is_for_fewer(n.visibility, p.visibility);
        if found is not null then
          update node set audience_id = found where id = new.node_id;
          update citation set audience_id = found
          where id = (select citation_id from node where id = new.node_id) and audience_id is null;
        end if;
        return null;
      end $b$ $f$, 'audience_of_new_' || t, parent, parent || '_id');
  end loop;
end $$;
