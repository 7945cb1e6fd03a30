'use client';

import type { AddEvidenceInput } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Field, Input, Select, Textarea } from '@/ui/Field.tsx';
import { ActionDialog, errorOf, text } from './ActionDialog.tsx';
import { CitationFields, citationOf } from './CitationFields.tsx';
import { useWrite } from './use-write.ts';

const ADD = graphql(`
  mutation AddEvidence($input: AddEvidenceInput!) {
    addEvidence(input: $input) {
      __typename
      ... on AddEvidenceSuccess { evidence { id } }
      ...WriteFailure
    }
  }
`);

export function AddEvidence({ incident, blocked }: { incident: string; blocked: string | null }) {
  const { write, busy, failure } = useWrite(ADD, 'addEvidence');
  const save = async (form: FormData) =>
    Boolean(
      await write({
        incident,
        kind: text(form, 'kind') as AddEvidenceInput['kind'],
        title: text(form, 'title') ?? '',
        // Evidence is kept as it is: not even its outer spaces are changed.
        text: String(form.get('text') ?? ''),
        mediaType: 'text/plain',
        sensitivity: text(form, 'sensitivity') as AddEvidenceInput['sensitivity'],
        warning: text(form, 'warning'),
        citation: citationOf(form),
      }),
    );
  return (
    <ActionDialog
      button="Add evidence"
      title="Add evidence"
      description="It is kept unchanged under its digest, and shown behind its warning."
      blocked={blocked}
      submit="Add evidence"
      done="Evidence added."
      busy={busy}
      failure={failure}
      onSubmit={save}
    >
      <Field label="Title" error={errorOf(failure, 'title')}>
        <Input name="title" required />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Kind" error={errorOf(failure, 'kind')}>
          <Select name="kind" defaultValue="TRANSCRIPT">
            <option value="TRANSCRIPT">Transcript</option>
            <option value="QUOTATION">Quotation</option>
            <option value="EVAL_SAMPLE">Eval sample</option>
            <option value="FILE">File’s text</option>
          </Select>
        </Field>
        <Field label="Sensitivity" error={errorOf(failure, 'sensitivity')}>
          <Select name="sensitivity" defaultValue="SENSITIVE">
            <option value="NONE">None</option>
            <option value="SENSITIVE">Sensitive</option>
            <option value="HAZARDOUS">Hazardous</option>
          </Select>
        </Field>
      </div>
      <Field label="Text" error={errorOf(failure, 'text')}>
        <Textarea name="text" required rows={8} className="font-mono text-xs" spellCheck={false} />
      </Field>
      <Field label="Warning" optional hint="What a reader should know before it is shown.">
        <Input name="warning" />
      </Field>
      <CitationFields />
    </ActionDialog>
  );
}
