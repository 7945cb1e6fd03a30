-- A run that began before an incident came to its end is added to it and reopens nothing: what hit is told apart from what
-- is added to an incident that was open.
alter table regression_consequence drop constraint regression_consequence_action;
alter table regression_consequence
  add constraint regression_consequence_action check (action in ('REOPENED', 'LINKED', 'LINKED_BEFORE_END', 'DRAFTED'));

-- What a rule is asked to look back at waits with what was recorded: for that rule alone, and of many runs. Who asked may ask
-- again when it was looked at, and learns nothing of who else asks.
alter table regression_recording
  alter column eval_run_id drop not null,
  add column regression_rule_id bigint,
  add column asked_by bigint,
  add constraint regression_recording_of_one check (case when regression_rule_id is null
    then eval_run_id is not null and asked_by is null else eval_run_id is null and asked_by is not null end);
create unique index regression_recording_regression_rule_id_asked_by_key
  on regression_recording (regression_rule_id, asked_by);
