-- A metric that a measurement says already was kept as no score. That it was missing told whoever does not see the
-- measurement that there is one. It is kept from now on, with the measurements that stand for it, and shown to whoever sees
-- none of them. What was not kept before is still in the file alone.
alter table score add column covered_by bigint[] not null default '{}';
comment on column score.covered_by is 'The measurements of its run that say the same: whoever sees one of them is not shown the score.';
