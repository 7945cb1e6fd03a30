'use client';

import { ActionDialog, errorOf, number, text } from '@/features/incident/actions/ActionDialog.tsx';
import { CitationFields } from '@/features/incident/actions/CitationFields.tsx';
import { citationOf } from '@/features/incident/actions/citation-of.ts';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Field, Input, Textarea } from '@/ui/Field.tsx';

const DISPUTE = graphql(`
  mutation DisputeRecord($input: DisputeInput!) {
    dispute(input: $input) {
      __typename
      ... on DisputeSuccess { dispute { id } }
      ...WriteFailure
    }
  }
`);

const share = (form: FormData, name: string): number | null => {
  const percent = number(form, name);
  return percent === null ? null : percent / 100;
};

/** Says that a record is wrong without changing it: what was asserted stays, and is marked. */
export function DisputeRecord(props: {
  target: string;
  what: string;
  blocked: string | null;
  /** What the button disputes, where others of the word stand beside it. */
  label?: string;
  /** Where it is of a share, which one would be right may be said. */
  ofShare?: boolean;
  /** It stands among the actions of a page. */
  ofPage?: boolean;
}) {
  const { write, busy, failure } = useWrite(DISPUTE, 'dispute');
  const save = async (form: FormData) =>
    Boolean(
      await write({
        target: props.target,
        statement: text(form, 'statement') ?? '',
        shareLower: share(form, 'shareLower'),
        shareUpper: share(form, 'shareUpper'),
        citation: citationOf(form),
      }),
    );
  return (
    <ActionDialog
      button="Dispute"
      buttonLabel={props.label}
      buttonProps={{ size: props.ofPage ? 'md' : 'sm', look: 'quiet' }}
      title={`Dispute ${props.what}`}
      description="What was asserted stays, marked as disputed, with your statement beside it."
      blocked={props.blocked}
      submit="Dispute"
      done="The dispute is recorded."
      busy={busy}
      failure={failure}
      onSubmit={save}
    >
      <Field label="What is wrong" error={errorOf(failure, 'statement')}>
        <Textarea name="statement" required rows={3} />
      </Field>
      {props.ofShare ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Share at least, in %" optional error={errorOf(failure, 'shareLower')}>
            <Input name="shareLower" type="number" min="0" max="100" step="any" />
          </Field>
          <Field label="Share at most, in %" optional error={errorOf(failure, 'shareUpper')}>
            <Input name="shareUpper" type="number" min="0" max="100" step="any" />
          </Field>
        </div>
      ) : null}
      <CitationFields />
    </ActionDialog>
  );
}
