'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useCarrySamples } from '@/features/evaluation/samples/use-carry-samples.ts';
import { PersonPicker } from '@/features/sharing/PersonPicker.tsx';
import { VisibilityOptions } from '@/features/sharing/VisibilityOptions.tsx';
import { useDraftOwner, useViewer } from '@/features/shell/ViewerContext.tsx';
import { graphql } from '@/graphql/generated/index.ts';
import { paths } from '@/navigation/paths.ts';
import { textLinkLook } from '@/navigation/RefLink.tsx';
import { Button } from '@/ui/Button.tsx';
import { Field, Input, Select, Textarea } from '@/ui/Field.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { words } from '@/ui/numbers.ts';
import { useToast } from '@/ui/Toast.tsx';
import { useWrite } from '../actions/use-write.ts';
import { BehaviorPicker, NodePicker, SuspectPicker } from '../pickers.tsx';
import { SETTING_MEANINGS, SETTINGS, SEVERITIES, SEVERITY_MEANINGS } from '../words.ts';
import { addressOf, type Brought } from './brought.ts';
import { CarriedSamples } from './CarriedSamples.tsx';
import { type DraftState, fieldOf, toInput } from './draft-state.ts';
import { SimilarIncidents } from './SimilarIncidents.tsx';
import { useDraft } from './use-draft.ts';

const FILE = graphql(`
  mutation FileIncident($input: FileIncidentInput!) {
    fileIncident(input: $input) {
      __typename
      ... on FileIncidentSuccess { incident { id ref key } }
      ...WriteFailure
    }
  }
`);

const fieldId = (name: string) => `incident-${name}`;

/** A form for each person: where another signs in, nothing stays of what the one before has typed. */
export function NewIncidentForm({ brought }: { brought: Brought }) {
  const owner = useDraftOwner();
  return <FormOf key={owner} owner={owner} brought={brought} />;
}

/** One column, top to bottom, in the order in which people tell it; only the first two are asked of everyone. */
function FormOf({ brought, owner }: { brought: Brought; owner: string | null }) {
  const viewer = useViewer();
  const router = useRouter();
  const say = useToast();
  const { draft, change, forget, discard, restored } = useDraft(brought, owner);
  const { write, busy, failure, clearFailure } = useWrite(FILE, 'fileIncident');
  const { carry, done: carried } = useCarrySamples();
  const [missing, setMissing] = useState<string | null>(null);
  const asDraft = useRef(false);

  const wrong = missing ?? (failure ? fieldOf(failure.path) : null);
  useEffect(() => {
    if (wrong) document.getElementById(fieldId(wrong))?.focus();
  }, [wrong]);
  const errorAt = (name: string): string | null => {
    if (missing === name) return 'This is needed to file it.';
    return failure && !missing && fieldOf(failure.path) === name ? failure.message : null;
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    clearFailure();
    setMissing(null);
    const empty = (['title', 'summary'] as const).find((name) => draft[name].trim() === '');
    if (empty && !(asDraft.current && empty === 'summary')) {
      // The same field may be empty twice in a row; it is focused again all the same.
      setTimeout(() => setMissing(empty));
      return;
    }
    const done = await write(toInput(draft, asDraft.current));
    if (!done) return;
    forget();
    const failed = await carry(done.incident.ref, draft.samples);
    if (failed > 0)
      say(
        `Filed, but ${failed} of ${draft.samples.length} samples could not be added as evidence: add them there.`,
      );
    else say(asDraft.current ? 'Draft saved.' : `Filed as ${done.incident.key ?? 'an incident'}.`);
    router.push(paths.incident(done.incident.key ?? done.incident.ref));
    router.refresh();
  };

  return (
    <form onSubmit={submit} noValidate className="flex max-w-2xl flex-col gap-5">
      {viewer.signedIn ? null : (
        <Notice tone="warning" title="Sign in to file">
          You can write now and sign in before you file; what you type is kept in this tab.{' '}
          <Link href={paths.signIn(addressOf(brought))} className={textLinkLook}>
            Sign in
          </Link>
        </Notice>
      )}
      {restored ? (
        <Notice role="status">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span className="flex-1">Restored what you had typed and not filed.</span>
            <Button size="sm" onClick={discard}>
              Discard and start afresh
            </Button>
          </div>
        </Notice>
      ) : null}
      {failure ? (
        <Notice tone="danger" role="alert" title="Not filed">
          {failure.message} Everything you typed is still here.
        </Notice>
      ) : null}
      <Field
        id={fieldId('title')}
        label="Title"
        hint="What the model did, in one line."
        error={errorAt('title')}
      >
        <Input
          value={draft.title}
          onChange={(event) => change({ title: event.target.value })}
          autoComplete="off"
        />
      </Field>
      <SimilarIncidents draft={draft} />
      <Field
        id={fieldId('summary')}
        label="What happened"
        hint="What was asked, what it did, how it was noticed."
        error={errorAt('summary')}
      >
        <Textarea
          rows={6}
          value={draft.summary}
          onChange={(event) => change({ summary: event.target.value })}
        />
      </Field>
      <Field id={fieldId('behaviors')} label="Behaviours" optional error={errorAt('behaviors')}>
        <BehaviorPicker chosen={draft.behaviors} onChange={(behaviors) => change({ behaviors })} />
      </Field>
      <Field id={fieldId('modelVersions')} label="Model versions" optional error={errorAt('modelVersions')}>
        <NodePicker
          kinds={['MODEL_VERSION']}
          chosen={draft.modelVersions}
          onChange={(modelVersions) => change({ modelVersions })}
        />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          id={fieldId('setting')}
          label="Setting"
          hint={SETTING_MEANINGS[draft.setting]}
          error={errorAt('setting')}
        >
          <Select
            value={draft.setting}
            onChange={(event) => change({ setting: event.target.value as DraftState['setting'] })}
          >
            {SETTINGS.map((value) => (
              <option key={value} value={value}>
                {words(value)}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          id={fieldId('severity')}
          label="Severity"
          hint={SEVERITY_MEANINGS[draft.severity]}
          error={errorAt('severity')}
        >
          <Select
            value={draft.severity}
            onChange={(event) => change({ severity: event.target.value as DraftState['severity'] })}
          >
            {SEVERITIES.map((value) => (
              <option key={value} value={value}>
                {words(value)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field id={fieldId('evalRuns')} label="Eval runs" optional error={errorAt('evalRuns')}>
        <NodePicker
          kinds={['EVAL_RUN']}
          chosen={draft.evalRuns}
          onChange={(evalRuns) => change({ evalRuns })}
        />
      </Field>
      <CarriedSamples samples={draft.samples} onChange={(samples) => change({ samples })} />
      <Field
        id={fieldId('suspects')}
        label="Suspects"
        optional
        hint="Data or training that you think is behind it: sources, dataset versions, training runs, content tags."
        error={errorAt('suspects')}
      >
        <SuspectPicker chosen={draft.suspects} onChange={(suspects) => change({ suspects })} />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field id={fieldId('occurredOn')} label="Day it occurred" optional error={errorAt('occurredOn')}>
          <Input
            type="date"
            value={draft.occurredOn}
            onChange={(event) => change({ occurredOn: event.target.value })}
          />
        </Field>
        <Field id={fieldId('visibility')} label="Visible to" error={errorAt('visibility')}>
          <Select
            value={draft.visibility}
            onChange={(event) => change({ visibility: event.target.value as DraftState['visibility'] })}
          >
            <VisibilityOptions />
          </Select>
        </Field>
        <Field id={fieldId('sharedWith')} label="And to these people" optional error={errorAt('sharedWith')}>
          <PersonPicker chosen={draft.sharedWith} onChange={(sharedWith) => change({ sharedWith })} />
        </Field>
        <Field
          id={fieldId('embargoedUntil')}
          label="Embargo until"
          optional
          hint="Until then only your team and those named see it."
          error={errorAt('embargoedUntil')}
        >
          <Input
            type="datetime-local"
            value={draft.embargoedUntil}
            onChange={(event) => change({ embargoedUntil: event.target.value })}
          />
        </Field>
        <Field id={fieldId('reportTitle')} label="Report about it" optional error={errorAt('reportTitle')}>
          <Input
            value={draft.reportTitle}
            onChange={(event) => change({ reportTitle: event.target.value })}
          />
        </Field>
        <Field id={fieldId('reportUrl')} label="Report’s address" optional error={errorAt('reportUrl')}>
          <Input
            type="url"
            placeholder="https://"
            value={draft.reportUrl}
            onChange={(event) => change({ reportUrl: event.target.value })}
          />
        </Field>
      </div>
      <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center gap-2 border-t border-line bg-canvas/95 px-4 py-3 backdrop-blur sm:mx-0 sm:px-0">
        <Button
          type="submit"
          look="primary"
          size="lg"
          busy={busy || carried !== null}
          disabledReason={viewer.signedIn ? null : 'Sign in to file. What you typed is kept.'}
          onClick={() => {
            asDraft.current = false;
          }}
        >
          {carried !== null
            ? `Adding evidence ${carried + 1} of ${draft.samples.length}…`
            : busy
              ? 'Saving…'
              : 'File the incident'}
        </Button>
        <Button
          type="submit"
          size="lg"
          disabled={busy}
          disabledReason={viewer.signedIn ? null : 'Sign in to save a draft.'}
          onClick={() => {
            asDraft.current = true;
          }}
        >
          Save as a draft
        </Button>
        <span className="text-xs text-ink-3 sm:ml-auto">Kept in this browser while you type</span>
      </div>
    </form>
  );
}
