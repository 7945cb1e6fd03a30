-- Under which names the samples of a run hold the verdicts that a measurement is of: whoever sees the measurement is told
-- them. By the names alone a verdict for a hidden behaviour was told to whoever saw another one that is called alike.
alter table measurement add column verdict_keys text[] not null default '{}';
comment on column measurement.verdict_keys is 'The keys of its run''s sample outcomes that are verdicts for its behaviour; empty where it is not known of any.';

-- Outcomes are called by the behaviour as the rule or file that made them names it, bare or whole, or by that and a scorer;
-- and each is of a measurement that was recorded with its run, in the same transaction. So where all of those that could be
-- meant are of one behaviour, it is that one's. Where they are of several, it is that of the measurement which counts the
-- outcomes, and of nobody where that is not known. What was recorded of a run later was made of no outcomes of its samples.
alter table measurement disable trigger b_keep;
with held as (
  select distinct s.eval_run_id as run, k.key
  from eval_sample s
  cross join lateral jsonb_object_keys(case when jsonb_typeof(s.outcomes) = 'object' then s.outcomes else '{}'::jsonb end) as k(key)),
meant as (
  select h.run, h.key, m.id, m.behavior_id, coalesce(m.outcome_key = h.key, false) as counts
  from held h join measurement m on m.eval_run_id = h.run join node n on n.id = m.eval_run_id
  join behavior b on b.id = m.behavior_id
  cross join lateral (values (b.name), (case when b.namespace <> '' then b.namespace || '/' || b.name end)) as called(name)
  where m.recorded_at = n.recorded_at and (h.key = called.name or starts_with(h.key, called.name || ' ('))),
of as (
  select run, key, count(distinct behavior_id) = 1 as sole, count(distinct behavior_id) filter (where counts) = 1 as counted
  from meant group by run, key),
known as (
  select meant.id, array_agg(distinct meant.key order by meant.key) as keys
  from meant join of on of.run = meant.run and of.key = meant.key
  where of.sole or of.counted and meant.counts group by meant.id)
update measurement m set verdict_keys = known.keys from known where known.id = m.id;
alter table measurement enable trigger b_keep;
