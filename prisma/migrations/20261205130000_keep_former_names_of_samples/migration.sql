-- By what name an earlier reader called the sample of a file, where that is another than today's: what was cited by it is
-- found in a new reading of the file.
alter table eval_sample add column former_sample_id text, add column former_epoch int;
alter table eval_sample add constraint eval_sample_former check (
  (former_sample_id is null) = (former_epoch is null) and (former_epoch is null or former_epoch > 0));
