'use client';

import { ActionDialog, errorOf, text } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { Field, Textarea } from '@/ui/Field.tsx';
import { RETRACT_JUDGEMENT } from './judging-documents.ts';

/** Takes back what somebody said of samples and recorded. */
export function RetractJudgement(props: { measurement: string; what: string; blocked: string | null }) {
  const { write, busy, failure } = useWrite(RETRACT_JUDGEMENT, 'retractJudgement');
  return (
    <ActionDialog
      button="Retract"
      buttonLabel={`Retract ${props.what}`}
      buttonProps={{ size: 'sm', look: 'quiet' }}
      title={`Retract ${props.what}`}
      description="It counts no longer, in figures or in agreement. It stays readable as taken back, with your name and reason."
      blocked={props.blocked}
      submit="Retract"
      done="Retracted."
      busy={busy}
      failure={failure}
      onSubmit={async (form) =>
        Boolean(await write({ measurement: props.measurement, reason: text(form, 'reason') ?? '' }))
      }
    >
      <Field label="Reason" error={errorOf(failure, 'reason')}>
        <Textarea name="reason" required rows={3} maxLength={2_000} />
      </Field>
    </ActionDialog>
  );
}
