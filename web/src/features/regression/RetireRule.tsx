'use client';

import { ActionDialog, errorOf, text } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Field, Textarea } from '@/ui/Field.tsx';

const RETIRE = graphql(`
  mutation RetireRegressionRule($input: RetireRegressionRuleInput!) {
    retireRegressionRule(input: $input) {
      __typename
      ... on RetireRegressionRuleSuccess { regressionRule { id } }
      ...WriteFailure
    }
  }
`);

export function RetireRule({ id, blocked }: { id: string; blocked: string | null }) {
  const { write, busy, failure } = useWrite(RETIRE, 'retireRegressionRule');
  return (
    <ActionDialog
      button="Retire"
      buttonLabel="Retire this rule"
      buttonProps={{ look: 'quiet' }}
      title="Retire this rule"
      description="From now on it looks at nothing. What it said and did stays. To say otherwise, make another."
      blocked={blocked}
      submit="Retire"
      done="Retired."
      busy={busy}
      failure={failure}
      onSubmit={async (form) =>
        Boolean(await write({ regressionRule: id, reason: text(form, 'reason') ?? '' }))
      }
    >
      <Field label="Reason" error={errorOf(failure, 'reason')}>
        <Textarea name="reason" required rows={3} />
      </Field>
    </ActionDialog>
  );
}
