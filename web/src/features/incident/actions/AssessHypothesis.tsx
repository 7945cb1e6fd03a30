'use client';

import type { AssessHypothesisInput, HypothesisStatus } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Checkbox, Field, Input, Select, Textarea } from '@/ui/Field.tsx';
import { words } from '@/ui/numbers.ts';
import { ActionDialog, errorOf, number, text } from './ActionDialog.tsx';
import { CitationFields } from './CitationFields.tsx';
import { citationOf } from './citation-of.ts';
import { useWrite } from './use-write.ts';

const ASSESS = graphql(`
  mutation AssessHypothesis($input: AssessHypothesisInput!) {
    assessHypothesis(input: $input) {
      __typename
      ... on AssessHypothesisSuccess { assessment { id } }
      ...WriteFailure
    }
  }
`);

const STATUSES = ['OPEN', 'SUPPORTED', 'REFUTED', 'ABANDONED'] as const;

export function AssessHypothesis(props: {
  hypothesis: string;
  status: HypothesisStatus;
  blocked: string | null;
}) {
  const { write, busy, failure } = useWrite(ASSESS, 'assessHypothesis');
  const save = async (form: FormData) => {
    const status = text(form, 'status') as HypothesisStatus;
    return Boolean(
      await write({
        hypothesis: props.hypothesis,
        confidence: text(form, 'confidence') ?? '',
        probability: number(form, 'probability'),
        dissent: form.get('dissent') === 'on',
        reasoning: text(form, 'reasoning'),
        status: status === props.status ? null : (status as AssessHypothesisInput['status']),
        assessor: text(form, 'assessor'),
        citation: citationOf(form),
      }),
    );
  };
  return (
    <ActionDialog
      button="Assess"
      buttonProps={{ size: 'sm' }}
      title="Assess the hypothesis"
      description="Signed with your name, beside the assessments of others. Nothing is overwritten."
      blocked={props.blocked}
      submit="Record the assessment"
      done="Assessment recorded."
      busy={busy}
      failure={failure}
      onSubmit={save}
    >
      <Field label="Confidence, in your own words" error={errorOf(failure, 'confidence')}>
        <Input name="confidence" required placeholder="largely responsible" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Probability" optional hint="0 to 1" error={errorOf(failure, 'probability')}>
          <Input name="probability" type="number" min="0" max="1" step="any" />
        </Field>
        <Field
          label="Status after this"
          hint="Unchanged unless you choose otherwise."
          error={errorOf(failure, 'status')}
        >
          <Select name="status" defaultValue={props.status}>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {words(status)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Checkbox name="dissent" label="This dissents from the assessments above" />
      <Field label="Reasoning" optional error={errorOf(failure, 'reasoning')}>
        <Textarea name="reasoning" rows={4} />
      </Field>
      <Field label="Assessor" optional hint="Where a publication’s authors assess, and you record it.">
        <Input name="assessor" />
      </Field>
      <CitationFields />
    </ActionDialog>
  );
}
