-- What a person said of single samples of a run, which a measurement of theirs counts. Seen by whoever sees that.
create table sample_judgement (
  measurement_id bigint not null,
  eval_sample_id bigint not null,
  outcome text not null,
  explanation text,

  constraint sample_judgement_pkey primary key (measurement_id, eval_sample_id)
);
create index sample_judgement_eval_sample_id_idx on sample_judgement (eval_sample_id);

alter table sample_judgement
  add constraint sample_judgement_measurement_id_fkey foreign key (measurement_id) references measurement (id) on delete restrict on update restrict,
  add constraint sample_judgement_eval_sample_id_fkey foreign key (eval_sample_id) references eval_sample (id) on delete restrict on update restrict,
  add constraint sample_judgement_outcome check (outcome in ('EXHIBITED', 'NOT_EXHIBITED', 'UNSCORED', 'EXCLUDED')),
  add constraint sample_judgement_explanation check (length(explanation) between 1 and 2000);

-- A measurement counts samples of its own run.
create function refuse_judging_elsewhere() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if exists (
    select from judged j join measurement m on m.id = j.measurement_id join eval_sample s on s.id = j.eval_sample_id
    where s.eval_run_id <> m.eval_run_id) then
    raise exception 'A sample is of another eval run than the measurement that counts it.' using errcode = 'HW010';
  end if;
  return null;
end $$;
create trigger e_same_run after insert on sample_judgement referencing new table as judged
  for each statement execute function refuse_judging_elsewhere();

create trigger b_keep before update on sample_judgement for each row execute function keep_row();
create trigger c_no_delete before delete on sample_judgement execute function refuse_removal();
create trigger d_no_truncate before truncate on sample_judgement execute function refuse_removal();

alter table sample_judgement enable row level security;
create policy seen on sample_judgement for select
  using ((select viewer_sees_all()) or exists (select from measurement m where m.id = measurement_id offset 0));
create policy added on sample_judgement for insert with check (true);
create policy changed on sample_judgement for update using (true) with check (true);
create policy removed on sample_judgement for delete using (true);
