'use client';

import { useState } from 'react';
import { ActionDialog, errorOf, text } from '@/features/incident/actions/ActionDialog.tsx';
import { CitationFields } from '@/features/incident/actions/CitationFields.tsx';
import { citationOf } from '@/features/incident/actions/citation-of.ts';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import type { ClaimProperty } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Field, Input, Select } from '@/ui/Field.tsx';
import { words } from '@/ui/numbers.ts';
import { CLAIM_PROPERTIES, readClaimValue, valueKind } from './claim-value.ts';

const ASSERT = graphql(`
  mutation AssertClaim($input: AssertClaimInput!) {
    assertClaim(input: $input) {
      __typename
      ... on AssertClaimSuccess { claim { id } }
      ...WriteFailure
    }
  }
`);

const HINTS = { number: 'A whole number.', text: undefined, time: 'A day, such as 2020-12-31.' };

/** Records a claim; in place of a wrong one, if it is told which: that one is retracted in the same step. */
export function CorrectClaim(props: {
  nodeRef: string;
  replaces?: { id: string; property: ClaimProperty; value: string };
  blocked: string | null;
}) {
  const { replaces } = props;
  const { write, busy, failure } = useWrite(ASSERT, 'assertClaim');
  const [property, setProperty] = useState<ClaimProperty>(replaces?.property ?? 'TOKENS');
  const [unread, setUnread] = useState<string | null>(null);
  const save = async (form: FormData) => {
    const value = readClaimValue(property, text(form, 'value') ?? '');
    setUnread(value ? null : 'This can’t be read as a value of this kind.');
    if (!value) return false;
    return Boolean(
      await write({
        node: props.nodeRef,
        property,
        ...value,
        replaces: replaces?.id ?? null,
        reason: text(form, 'reason'),
        citation: citationOf(form),
      }),
    );
  };
  return (
    <ActionDialog
      button={replaces ? 'Correct' : 'Add a claim'}
      buttonProps={{ size: 'sm', look: replaces ? 'quiet' : 'plain' }}
      title={replaces ? `Correct ${words(replaces.property).toLowerCase()}` : 'Add a claim'}
      description={
        replaces
          ? 'The old claim is retracted and the new one recorded, in one step. Earlier dates keep the old one.'
          : 'Claims that conflict stand side by side.'
      }
      blocked={props.blocked}
      submit={replaces ? 'Correct' : 'Record'}
      done={replaces ? 'Corrected.' : 'Recorded.'}
      busy={busy}
      failure={failure}
      onSubmit={save}
    >
      {replaces ? null : (
        <Field label="What it says" error={errorOf(failure, 'property')}>
          <Select value={property} onChange={(event) => setProperty(event.target.value as ClaimProperty)}>
            {CLAIM_PROPERTIES.map((one) => (
              <option key={one} value={one}>
                {words(one)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field
        label="Value"
        hint={HINTS[valueKind(property)]}
        error={unread ?? errorOf(failure, 'number') ?? errorOf(failure, 'text') ?? errorOf(failure, 'time')}
      >
        <Input name="value" required defaultValue={replaces?.value ?? ''} />
      </Field>
      {replaces ? (
        <Field label="Why the old one is wrong" error={errorOf(failure, 'reason')}>
          <Input name="reason" required />
        </Field>
      ) : null}
      <CitationFields />
    </ActionDialog>
  );
}
