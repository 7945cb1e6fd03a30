'use client';

import { useState } from 'react';
import type { AddEvidenceInput } from '@/graphql/generated/graphql.ts';
import { Button } from '@/ui/Button.tsx';
import { Field, Input, Select, Textarea } from '@/ui/Field.tsx';
import { FileDrop } from '@/ui/FileDrop.tsx';
import { ProgressBar } from '@/ui/ProgressBar.tsx';
import { ActionDialog, errorOf, text } from '../actions/ActionDialog.tsx';
import { CitationFields } from '../actions/CitationFields.tsx';
import { citationOf } from '../actions/citation-of.ts';
import { useWrite } from '../actions/use-write.ts';
import { VISIBILITIES, VISIBILITY_MEANINGS } from '../words.ts';
import { ADD_EVIDENCE } from './add-evidence-document.ts';
import { useUpload } from './use-upload.ts';

const TEXT_ID = 'evidence-text';

export function AddEvidence({ incident, blocked }: { incident: string; blocked: string | null }) {
  const { write, busy, ...writing } = useWrite(ADD_EVIDENCE, 'addEvidence');
  const { upload, sent, cancel, ...uploading } = useUpload();
  const [file, setFile] = useState<File | null>(null);
  /** Stays while a file is chosen, which is sent alone: it is for the person to say which of them is meant. */
  const [typed, setTyped] = useState('');
  const failure = file ? uploading.failure : writing.failure;
  const both = file !== null && typed.trim() !== '';

  const save = async (form: FormData): Promise<boolean> => {
    if (both) {
      document.getElementById(TEXT_ID)?.focus();
      return false;
    }
    const words = {
      incident,
      kind: text(form, 'kind') as AddEvidenceInput['kind'],
      title: text(form, 'title') ?? file?.name ?? '',
      sensitivity: text(form, 'sensitivity') as AddEvidenceInput['sensitivity'],
      visibility: text(form, 'visibility') as AddEvidenceInput['visibility'],
      warning: text(form, 'warning'),
      citation: citationOf(form),
    };
    if (file) {
      const done = await upload(file, words);
      if (done) setFile(null);
      return done;
    }
    const mediaType = text(form, 'mediaType') ?? 'text/plain';
    // Evidence is kept as it is: not even its outer spaces are changed.
    const done = Boolean(await write({ ...words, text: typed, mediaType }));
    if (done) setTyped('');
    return done;
  };

  return (
    <ActionDialog
      button="Add evidence"
      title="Add evidence"
      description="It is sealed, kept unchanged under its digest, and shown behind its warning."
      blocked={blocked}
      submit="Add evidence"
      done="Evidence added."
      busy={busy || sent !== null}
      failure={failure}
      onSubmit={save}
      onOpen={() => {
        writing.clearFailure();
        uploading.clearFailure();
      }}
    >
      <Field
        label="Title"
        optional={file !== null}
        hint={file ? 'The file’s name where it is left empty.' : undefined}
        error={errorOf(failure, 'title')}
      >
        <Input name="title" required={file === null} maxLength={300} />
      </Field>
      <FileDrop label="A file of evidence" file={file} onFile={setFile} held={sent !== null} />
      {file && !both ? null : (
        <>
          <Field
            id={TEXT_ID}
            label="Or its text"
            error={
              both
                ? 'A piece of evidence is a file or a text. Leave the file out, or empty this and add it on its own.'
                : errorOf(failure, 'text')
            }
          >
            <Textarea
              required
              rows={7}
              className="font-mono text-xs"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Field>
          <Field label="Written as">
            <Select name="mediaType" defaultValue="text/plain">
              <option value="text/plain">Plain text</option>
              <option value="text/markdown">Markdown</option>
              <option value="application/json">JSON: a conversation, or an eval sample</option>
            </Select>
          </Field>
        </>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Kind" error={errorOf(failure, 'kind')}>
          <Select key={file ? 'file' : 'text'} name="kind" defaultValue={file ? 'FILE' : 'TRANSCRIPT'}>
            <option value="TRANSCRIPT">Transcript</option>
            <option value="QUOTATION">Quotation</option>
            <option value="EVAL_SAMPLE">Eval sample</option>
            <option value="FILE">File</option>
          </Select>
        </Field>
        <Field label="Who may see it">
          <Select name="visibility" defaultValue="">
            <option value="">As the incident</option>
            {VISIBILITIES.map((one) => (
              <option key={one} value={one}>
                {VISIBILITY_MEANINGS[one]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field
        label="Sensitivity"
        hint="Hazardous evidence, and evidence for named people alone, is read only with a recorded reason."
        error={errorOf(failure, 'sensitivity')}
      >
        <Select name="sensitivity" defaultValue="SENSITIVE">
          <option value="NONE">None</option>
          <option value="SENSITIVE">Sensitive: shown behind its warning</option>
          <option value="HAZARDOUS">Hazardous: could do harm if it were passed on</option>
        </Select>
      </Field>
      <Field
        label="Warning"
        optional
        hint="What a reader should know before it is shown."
        error={errorOf(failure, 'warning')}
      >
        <Input name="warning" maxLength={2_000} />
      </Field>
      <CitationFields />
      {file && sent !== null ? (
        <div className="sticky bottom-0 flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-md border border-accent-line bg-accent-soft px-3 py-2 text-sm">
          <span role="status" className="min-w-0 flex-1">
            {sent >= file.size ? 'Recording…' : 'On its way…'}
          </span>
          <Button size="sm" onClick={cancel}>
            Stop sending
          </Button>
          <ProgressBar label={`${file.name} on its way`} value={sent} of={file.size} />
        </div>
      ) : null}
    </ActionDialog>
  );
}
