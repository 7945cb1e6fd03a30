'use client';

import { useState } from 'react';
import { graphql } from '@/graphql/generated/index.ts';
import type { Option } from '@/ui/Combobox.tsx';
import { Field, Input, Textarea } from '@/ui/Field.tsx';
import { SuspectPicker } from '../pickers.tsx';
import { splitSuspects } from '../split-suspects.ts';
import { ActionDialog, errorOf, text } from './ActionDialog.tsx';
import { CitationFields } from './CitationFields.tsx';
import { citationOf } from './citation-of.ts';
import { useWrite } from './use-write.ts';

const OPEN = graphql(`
  mutation OpenHypothesis($input: OpenHypothesisInput!) {
    openHypothesis(input: $input) {
      __typename
      ... on OpenHypothesisSuccess { hypothesis { id } }
      ...WriteFailure
    }
  }
`);

export function OpenHypothesis({ incident, blocked }: { incident: string; blocked: string | null }) {
  const { write, busy, failure } = useWrite(OPEN, 'openHypothesis');
  const [suspects, setSuspects] = useState<Option[]>([]);
  const save = async (form: FormData) => {
    const done = await write({
      incident,
      statement: text(form, 'statement') ?? '',
      proposedBy: text(form, 'proposedBy'),
      ...splitSuspects(suspects),
      citation: citationOf(form),
    });
    if (done) setSuspects([]);
    return Boolean(done);
  };
  return (
    <ActionDialog
      button="Open a hypothesis"
      title="Open a hypothesis"
      description="A claim about a cause, which evidence can support or refute."
      blocked={blocked}
      submit="Open"
      done="Hypothesis opened."
      busy={busy}
      failure={failure}
      onSubmit={save}
    >
      <Field label="Statement" error={errorOf(failure, 'statement')}>
        <Textarea name="statement" required rows={3} />
      </Field>
      <Field
        label="Suspects"
        optional
        error={errorOf(failure, 'suspects') ?? errorOf(failure, 'suspectTags')}
      >
        <SuspectPicker chosen={suspects} onChange={setSuspects} />
      </Field>
      <Field label="Proposed by" optional hint="Where somebody else proposed it, such as a paper’s authors.">
        <Input name="proposedBy" />
      </Field>
      <CitationFields />
    </ActionDialog>
  );
}
