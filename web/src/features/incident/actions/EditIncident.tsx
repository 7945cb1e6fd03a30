'use client';

import { useState } from 'react';
import type { IncidentWholeFragment, UpdateIncidentInput } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import type { Option } from '@/ui/Combobox.tsx';
import { Field, Input, Select, Textarea } from '@/ui/Field.tsx';
import { words } from '@/ui/numbers.ts';
import { BehaviorPicker } from '../pickers.tsx';
import { SETTINGS, SEVERITIES } from '../words.ts';
import { ActionDialog, errorOf, text } from './ActionDialog.tsx';
import { useWrite } from './use-write.ts';

const UPDATE = graphql(`
  mutation UpdateIncident($input: UpdateIncidentInput!) {
    updateIncident(input: $input) {
      __typename
      ... on UpdateIncidentSuccess { incident { id } }
      ...WriteFailure
    }
  }
`);

type Incident = Pick<
  IncidentWholeFragment,
  'ref' | 'title' | 'summary' | 'severity' | 'setting' | 'occurredAt' | 'updatedAt' | 'behaviors'
>;

const choices = (values: readonly string[]) =>
  values.map((value) => (
    <option key={value} value={value}>
      {words(value)}
    </option>
  ));

/** Edits what is said of the incident; a change by somebody else since the page was read is refused, not overwritten. */
export function EditIncident({ incident, blocked }: { incident: Incident; blocked: string | null }) {
  const { write, busy, failure } = useWrite(UPDATE, 'updateIncident');
  const current = incident.behaviors.map((one) => ({ value: one.name, label: one.title }));
  const [behaviors, setBehaviors] = useState<Option[]>(current);
  const save = async (form: FormData) => {
    const occurred = text(form, 'occurredAt');
    return Boolean(
      await write({
        incident: incident.ref,
        title: text(form, 'title') ?? '',
        summary: text(form, 'summary') ?? '',
        severity: text(form, 'severity') as UpdateIncidentInput['severity'],
        setting: text(form, 'setting') as UpdateIncidentInput['setting'],
        behaviors: behaviors.map((one) => one.value),
        occurredAt: occurred ? `${occurred}T00:00:00.000Z` : null,
        expectedUpdatedAt: incident.updatedAt,
      }),
    );
  };
  return (
    <ActionDialog
      button="Edit"
      title="Edit the incident"
      blocked={blocked}
      submit="Save"
      done="Saved."
      busy={busy}
      failure={failure}
      onOpen={() => setBehaviors(current)}
      onSubmit={save}
    >
      <Field label="Title" error={errorOf(failure, 'title')}>
        <Input name="title" required defaultValue={incident.title} />
      </Field>
      <Field label="What happened" error={errorOf(failure, 'summary')}>
        <Textarea name="summary" required rows={6} defaultValue={incident.summary} />
      </Field>
      <Field label="Behaviours" error={errorOf(failure, 'behaviors')}>
        <BehaviorPicker chosen={behaviors} onChange={setBehaviors} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Severity" error={errorOf(failure, 'severity')}>
          <Select name="severity" defaultValue={incident.severity}>
            {choices(SEVERITIES)}
          </Select>
        </Field>
        <Field label="Setting" error={errorOf(failure, 'setting')}>
          <Select name="setting" defaultValue={incident.setting}>
            {choices(SETTINGS)}
          </Select>
        </Field>
        <Field label="Occurred" optional error={errorOf(failure, 'occurredAt')}>
          <Input name="occurredAt" type="date" defaultValue={incident.occurredAt?.slice(0, 10)} />
        </Field>
      </div>
    </ActionDialog>
  );
}
