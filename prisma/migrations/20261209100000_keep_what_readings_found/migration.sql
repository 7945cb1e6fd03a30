-- A file that is read again may be found to say what another file had recorded: which of those runs it was is kept, so that
-- a reading is told to those who see them (decision 72). Of readings before this it is not known, and none is held back.
alter table import_reading add column found_runs bigint[] not null default '{}';
alter table import_rereading add column found_runs bigint[] not null default '{}';
