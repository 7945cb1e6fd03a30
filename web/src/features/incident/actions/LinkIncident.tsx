'use client';

import { useState } from 'react';
import { graphql } from '@/graphql/generated/index.ts';
import type { Option } from '@/ui/Combobox.tsx';
import { Field, Input, Select } from '@/ui/Field.tsx';
import { NodePicker, SuspectPicker } from '../pickers.tsx';
import { reportsOf } from '../reports-of.ts';
import { splitSuspects } from '../split-suspects.ts';
import { ActionDialog, errorOf, text } from './ActionDialog.tsx';
import { useWrite } from './use-write.ts';

const LINK = graphql(`
  mutation LinkIncident($input: LinkIncidentInput!) {
    linkIncident(input: $input) {
      __typename
      ... on LinkIncidentSuccess { incident { id } }
      ...WriteFailure
    }
  }
`);

/** Links an incident to models, eval runs, suspects, other incidents and reports. */
export function LinkIncident({ incident, blocked }: { incident: string; blocked: string | null }) {
  const { write, busy, failure } = useWrite(LINK, 'linkIncident');
  const [models, setModels] = useState<Option[]>([]);
  const [runs, setRuns] = useState<Option[]>([]);
  const [suspects, setSuspects] = useState<Option[]>([]);
  const [related, setRelated] = useState<Option[]>([]);
  const clear = () => {
    setModels([]);
    setRuns([]);
    setSuspects([]);
    setRelated([]);
  };
  const save = async (form: FormData) => {
    const done = await write({
      incident,
      modelVersions: models.map((one) => one.value),
      evalRuns: runs.map((one) => one.value),
      ...splitSuspects(suspects),
      suspectReason: text(form, 'suspectReason'),
      related: related.map((one) => ({ incident: one.value, relation: text(form, 'relation') ?? 'related' })),
      reports: reportsOf(text(form, 'report.title'), text(form, 'report.url')),
    });
    if (done) clear();
    return Boolean(done);
  };
  return (
    <ActionDialog
      button="Link"
      title="Link to the incident"
      description="What it was seen in, what measured it, and what may be behind it."
      blocked={blocked}
      submit="Link"
      done="Linked."
      busy={busy}
      failure={failure}
      onSubmit={save}
    >
      <Field label="Model versions" optional error={errorOf(failure, 'modelVersions')}>
        <NodePicker kinds={['MODEL_VERSION']} chosen={models} onChange={setModels} />
      </Field>
      <Field label="Eval runs" optional error={errorOf(failure, 'evalRuns')}>
        <NodePicker kinds={['EVAL_RUN']} chosen={runs} onChange={setRuns} />
      </Field>
      <Field
        label="Suspects"
        optional
        error={errorOf(failure, 'suspects') ?? errorOf(failure, 'suspectTags')}
      >
        <SuspectPicker chosen={suspects} onChange={setSuspects} />
      </Field>
      {suspects.length ? (
        <Field label="Why they are suspects" optional>
          <Input name="suspectReason" />
        </Field>
      ) : null}
      <Field label="Other incidents" optional error={errorOf(failure, 'related')}>
        <NodePicker kinds={['INCIDENT']} chosen={related} onChange={setRelated} />
      </Field>
      {related.length ? (
        <Field label="How they are related">
          <Select name="relation" defaultValue="related">
            <option value="related">Related</option>
            <option value="same_behaviour">Same behaviour</option>
            <option value="follow_up">Follow-up</option>
          </Select>
        </Field>
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Report title" optional error={errorOf(failure, 'reports')}>
          <Input name="report.title" />
        </Field>
        <Field label="Report address" optional>
          <Input name="report.url" type="url" placeholder="https://" />
        </Field>
      </div>
    </ActionDialog>
  );
}
