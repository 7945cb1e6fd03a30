'use client';

import type { AddHypothesisEvidenceInput } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Field, Input, Select, Textarea } from '@/ui/Field.tsx';
import { words } from '@/ui/numbers.ts';
import { ActionDialog, errorOf, number, text } from './ActionDialog.tsx';
import { CitationFields } from './CitationFields.tsx';
import { citationOf } from './citation-of.ts';
import { useWrite } from './use-write.ts';

const ADD = graphql(`
  mutation AddHypothesisEvidence($input: AddHypothesisEvidenceInput!) {
    addHypothesisEvidence(input: $input) {
      __typename
      ... on AddHypothesisEvidenceSuccess { evidenceItem { id } }
      ...WriteFailure
    }
  }
`);

const METHODS = [
  'EVALUATION',
  'MIXING_EXPERIMENT',
  'ABLATION',
  'INFLUENCE_FUNCTION',
  'VERBATIM_MATCH',
  'PROBE',
  'EXPERT_JUDGEMENT',
  'OTHER',
] as const;

export function AddHypothesisEvidence({
  hypothesis,
  blocked,
}: {
  hypothesis: string;
  blocked: string | null;
}) {
  const { write, busy, failure } = useWrite(ADD, 'addHypothesisEvidence');
  const save = async (form: FormData) =>
    Boolean(
      await write({
        hypothesis,
        direction: text(form, 'direction') as AddHypothesisEvidenceInput['direction'],
        method: text(form, 'method') as AddHypothesisEvidenceInput['method'],
        statement: text(form, 'statement') ?? '',
        score: number(form, 'score'),
        scoreMeaning: text(form, 'scoreMeaning'),
        citation: citationOf(form),
      }),
    );
  return (
    <ActionDialog
      button="Add evidence for or against"
      buttonProps={{ size: 'sm' }}
      title="Evidence for or against"
      blocked={blocked}
      submit="Add"
      done="Evidence added to the hypothesis."
      busy={busy}
      failure={failure}
      onSubmit={save}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Direction" error={errorOf(failure, 'direction')}>
          <Select name="direction" defaultValue="SUPPORTS">
            <option value="SUPPORTS">Supports it</option>
            <option value="REFUTES">Refutes it</option>
            <option value="NEUTRAL">Neither</option>
          </Select>
        </Field>
        <Field label="Method" error={errorOf(failure, 'method')}>
          <Select name="method" defaultValue="EVALUATION">
            {METHODS.map((method) => (
              <option key={method} value={method}>
                {words(method)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field label="Statement" error={errorOf(failure, 'statement')}>
        <Textarea name="statement" required rows={3} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Score" optional error={errorOf(failure, 'score')}>
          <Input name="score" type="number" step="any" />
        </Field>
        <Field label="What the score means" optional error={errorOf(failure, 'scoreMeaning')}>
          <Input name="scoreMeaning" />
        </Field>
      </div>
      <CitationFields />
    </ActionDialog>
  );
}
