'use client';

import { ActionDialog, errorOf, text } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Field, Input, Textarea } from '@/ui/Field.tsx';

const RETRACT = graphql(`
  mutation RetractRecord($input: RetractInput!) {
    retract(input: $input) {
      __typename
      ... on RetractSuccess { retracted { id } }
      ...WriteFailure
    }
  }
`);

/** Takes a wrong record back. It stays readable for every date before. */
export function RetractRecord(props: {
  target: string;
  what: string;
  blocked: string | null;
  /** A node's name can be used again, and may be replaced by another node. */
  isNode?: boolean;
}) {
  const { write, busy, failure } = useWrite(RETRACT, 'retract');
  const save = async (form: FormData) =>
    Boolean(
      await write({
        target: props.target,
        reason: text(form, 'reason') ?? '',
        replacedBy: text(form, 'replacedBy'),
      }),
    );
  return (
    <ActionDialog
      button="Retract"
      buttonProps={{ size: props.isNode ? 'md' : 'sm', look: 'quiet' }}
      title={`Retract ${props.what}`}
      description="It no longer holds from now on. Questions about earlier dates still find it."
      blocked={props.blocked}
      submit="Retract"
      done="Retracted."
      busy={busy}
      failure={failure}
      onSubmit={save}
    >
      <Field label="Reason" error={errorOf(failure, 'reason')}>
        <Textarea name="reason" required rows={3} />
      </Field>
      {props.isNode ? (
        <Field
          label="Replaced by"
          optional
          hint="A reference such as dataset:the-pile@1.0."
          error={errorOf(failure, 'replacedBy')}
        >
          <Input name="replacedBy" className="font-mono text-sm" />
        </Field>
      ) : null}
    </ActionDialog>
  );
}
