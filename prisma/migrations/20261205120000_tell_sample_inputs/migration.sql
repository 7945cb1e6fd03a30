-- What the model was given in a sample, by a digest: two samples of one name that were given other things are two items.
-- Before the colon stands of what it is a digest, since digests of two kinds of things say nothing of each other.
alter table eval_sample
  add column input_digest text,
  add constraint eval_sample_input_digest check (input_digest ~ '^[a-z]+(-[a-z]+)*:[0-9a-f]{64}$');
