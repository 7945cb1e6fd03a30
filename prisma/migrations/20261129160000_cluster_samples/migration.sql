-- What samples share, and what a measurement that counts them says of their spread: worked out once, when both are
-- recorded in one go, and never again, since neither ever changes.
alter table eval_sample add column scenario text;
comment on column eval_sample.scenario is 'What a sample shares with others; null where it stands for itself, with its own epochs.';

alter table measurement add column outcome_key text;
alter table measurement add column clustered_standard_error double precision;
alter table measurement add column least_effective double precision;
comment on column measurement.outcome_key is 'Which outcomes of its run''s samples it counts; null where it does not rest on recorded samples.';
comment on column measurement.least_effective is 'How many independent samples the counted ones are worth if each cluster repeats one outcome.';
alter table measurement add constraint measurement_spread check (
  (clustered_standard_error is null) = (least_effective is null)
  and clustered_standard_error >= 0 and clustered_standard_error < 'infinity'
  and least_effective > 0 and least_effective < 'infinity');
