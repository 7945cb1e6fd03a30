'use client';

import { ActionDialog, errorOf, text } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Field, Textarea } from '@/ui/Field.tsx';

const CONFIRM = graphql(`
  mutation ConfirmScoringRule($input: ConfirmScoringRuleInput!) {
    confirmScoringRule(input: $input) {
      __typename
      ... on ConfirmScoringRuleSuccess { scoringRuleVersion { id } }
      ...WriteFailure
    }
  }
`);

const RETRACT = graphql(`
  mutation RetractScoringRuleVersion($input: RetractScoringRuleVersionInput!) {
    retractScoringRuleVersion(input: $input) {
      __typename
      ... on RetractScoringRuleVersionSuccess { scoringRuleVersion { id } }
      ...WriteFailure
    }
  }
`);

interface VersionProps {
  id: string;
  what: string;
  blocked: string | null;
}

/** A person's word for it, with what they give it for before their eyes. */
export function ConfirmVersion(props: VersionProps & { meaning: readonly string[] }) {
  const { write, busy, failure } = useWrite(CONFIRM, 'confirmScoringRule');
  return (
    <ActionDialog
      button="Confirm"
      buttonLabel={`Confirm ${props.what}`}
      title={`Confirm ${props.what}`}
      description="From now on imports apply it. What was measured before stays as it is; a run is scored anew on its own page."
      blocked={props.blocked}
      submit="Confirm in my name"
      done="Confirmed."
      busy={busy}
      failure={failure}
      onSubmit={async (form) =>
        Boolean(await write({ scoringRuleVersion: props.id, comment: text(form, 'comment') }))
      }
    >
      <ul className="flex list-disc flex-col gap-1 pl-5 text-sm">
        {props.meaning.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Field label="How you know" optional>
        <Textarea name="comment" rows={2} />
      </Field>
    </ActionDialog>
  );
}

export function RetractVersion(props: VersionProps) {
  const { write, busy, failure } = useWrite(RETRACT, 'retractScoringRuleVersion');
  return (
    <ActionDialog
      button="Retract"
      buttonLabel={`Retract ${props.what}`}
      buttonProps={{ look: 'quiet' }}
      title={`Retract ${props.what}`}
      description="No import applies it any more. What it measured stays, and says by what it was made."
      blocked={props.blocked}
      submit="Retract"
      done="Retracted."
      busy={busy}
      failure={failure}
      onSubmit={async (form) =>
        Boolean(await write({ scoringRuleVersion: props.id, reason: text(form, 'reason') ?? '' }))
      }
    >
      <Field label="Reason" error={errorOf(failure, 'reason')}>
        <Textarea name="reason" required rows={3} />
      </Field>
    </ActionDialog>
  );
}
