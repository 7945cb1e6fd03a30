-- A run that began before an incident came to its end is added to it and reopens nothing: what hit is told apart from what
-- is added to an incident that was open.
alter table regression_consequence drop constraint regression_consequence_action;
alter table regression_consequence
  add constraint regression_consequence_action check (action in ('REOPENED', 'LINKED', 'LINKED_BEFORE_END', 'DRAFTED'));
