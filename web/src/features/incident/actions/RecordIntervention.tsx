'use client';

import { useState } from 'react';
import { STAGE_ORDER, STAGE_TITLES } from '@/features/lineage/bands.ts';
import type { RecordInterventionInput } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import type { Option } from '@/ui/Combobox.tsx';
import { Field, Input, Select, Textarea } from '@/ui/Field.tsx';
import { words } from '@/ui/numbers.ts';
import { NodePicker } from '../pickers.tsx';
import { ActionDialog, errorOf, number, text } from './ActionDialog.tsx';
import { CitationFields } from './CitationFields.tsx';
import { ComparisonFields, comparisonsOf, type FigureChoice } from './ComparisonFields.tsx';
import { citationOf } from './citation-of.ts';
import { useWrite } from './use-write.ts';

const RECORD = graphql(`
  mutation RecordIntervention($input: RecordInterventionInput!) {
    recordIntervention(input: $input) {
      __typename
      ... on RecordInterventionSuccess { intervention { id } }
      ...WriteFailure
    }
  }
`);

const UNITS = ['TOKENS', 'DOCUMENTS', 'ROWS', 'BYTES', 'FRACTION'];

const choices = (values: readonly string[]) =>
  values.map((value) => (
    <option key={value} value={value}>
      {words(value)}
    </option>
  ));

interface Props {
  incident: string;
  blocked: string | null;
  figures: readonly FigureChoice[];
}

export function RecordIntervention({ incident, blocked, figures }: Props) {
  const { write, busy, failure } = useWrite(RECORD, 'recordIntervention');
  const [added, setAdded] = useState<Option[]>([]);
  const save = async (form: FormData) => {
    const occurred = text(form, 'occurredAt');
    const done = await write({
      incident,
      title: text(form, 'title') ?? '',
      description: text(form, 'description') ?? '',
      outcome: text(form, 'outcome') as RecordInterventionInput['outcome'],
      caveat: text(form, 'caveat'),
      occurredAt: occurred ? `${occurred}T00:00:00.000Z` : null,
      addedData: added[0]?.value ?? null,
      addedAmount: number(form, 'addedAmount'),
      addedUnit: text(form, 'addedUnit') as RecordInterventionInput['addedUnit'],
      addedDescription: text(form, 'addedDescription'),
      stage: text(form, 'stage') as RecordInterventionInput['stage'],
      comparisons: comparisonsOf(form),
      citation: citationOf(form),
    });
    if (done) setAdded([]);
    return Boolean(done);
  };
  return (
    <ActionDialog
      button="Record an intervention"
      title="Record an intervention"
      description="What was tried against the behaviour, and what it changed."
      blocked={blocked}
      submit="Record"
      done="Intervention recorded."
      busy={busy}
      failure={failure}
      onSubmit={save}
    >
      <Field label="Title" error={errorOf(failure, 'title')}>
        <Input name="title" required />
      </Field>
      <Field label="What was tried" error={errorOf(failure, 'description')}>
        <Textarea name="description" required rows={3} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Outcome" error={errorOf(failure, 'outcome')}>
          <Select name="outcome" defaultValue="UNKNOWN">
            <option value="EFFECTIVE">Effective</option>
            <option value="PARTIAL">Partly effective</option>
            <option value="NULL_RESULT">Null result</option>
            <option value="HARMFUL">Made it worse</option>
            <option value="UNKNOWN">Not known</option>
          </Select>
        </Field>
        <Field label="Stage" optional error={errorOf(failure, 'stage')}>
          <Select name="stage" defaultValue="">
            <option value="">Not stated</option>
            {STAGE_ORDER.map((stage) => (
              <option key={stage} value={stage}>
                {STAGE_TITLES[stage]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field label="Caveat" optional hint="What limits the conclusion." error={errorOf(failure, 'caveat')}>
        <Textarea name="caveat" rows={2} />
      </Field>
      <Field label="Occurred" optional error={errorOf(failure, 'occurredAt')}>
        <Input name="occurredAt" type="date" />
      </Field>
      <Field label="Data or training run added" optional error={errorOf(failure, 'addedData')}>
        <NodePicker
          kinds={['DATASET_VERSION', 'SOURCE', 'TRAINING_RUN']}
          chosen={added}
          onChange={setAdded}
          single
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Amount added" optional error={errorOf(failure, 'addedAmount')}>
          <Input name="addedAmount" type="number" min={0} step="any" />
        </Field>
        <Field label="Unit" optional error={errorOf(failure, 'addedUnit')}>
          <Select name="addedUnit" defaultValue="">
            <option value="">Not stated</option>
            {choices(UNITS)}
          </Select>
        </Field>
      </div>
      <Field label="What was added, in words" optional error={errorOf(failure, 'addedDescription')}>
        <Input name="addedDescription" />
      </Field>
      <ComparisonFields figures={figures} />
      <CitationFields />
    </ActionDialog>
  );
}
