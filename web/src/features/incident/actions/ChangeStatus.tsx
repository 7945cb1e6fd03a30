'use client';

import { ChevronDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { DropdownMenu } from 'radix-ui';
import { type FormEvent, useMemo, useState } from 'react';
import { usePageActions } from '@/features/palette/Palette.tsx';
import { useViewer } from '@/features/shell/ViewerContext.tsx';
import type { IncidentWholeFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Button } from '@/ui/Button.tsx';
import type { Option } from '@/ui/Combobox.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Field, Textarea } from '@/ui/Field.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { words } from '@/ui/numbers.ts';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { useToast } from '@/ui/Toast.tsx';
import { NodePicker } from '../pickers.tsx';
import { text } from './ActionDialog.tsx';
import { useWrite } from './use-write.ts';

const CHANGE = graphql(`
  mutation ChangeIncidentStatus($input: ChangeIncidentStatusInput!) {
    changeIncidentStatus(input: $input) {
      __typename
      ... on ChangeIncidentStatusSuccess { incident { id status } }
      ...WriteFailure
    }
  }
`);

type Incident = Pick<IncidentWholeFragment, 'ref' | 'status' | 'transitions'>;
type Transition = Incident['transitions'][number];

/** Moves an incident along its life. What is not allowed now stands in the menu with its reason. */
export function ChangeStatus({ incident }: { incident: Incident }) {
  const viewer = useViewer();
  const [chosen, setChosen] = useState<Transition | null>(null);
  const actions = useMemo(
    () =>
      incident.transitions
        .filter((one) => one.allowed)
        .map((one) => ({
          id: `status-${one.to}`,
          label: `Change status to ${words(one.to).toLowerCase()}`,
          run: () => setChosen(one),
        })),
    [incident.transitions],
  );
  usePageActions(actions);
  if (!viewer.signedIn) return <Button disabledReason="Sign in to change the status.">Change status</Button>;
  if (incident.transitions.length === 0) {
    return <Button disabledReason="Nothing follows this status.">Change status</Button>;
  }
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button look="primary">
            Change status
            <ChevronDown aria-hidden />
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={6}
            className="z-50 w-72 rounded-lg border border-line bg-surface p-1 text-sm shadow-float"
          >
            {incident.transitions.map((one) => (
              <DropdownMenu.Item
                key={one.to}
                aria-disabled={!one.allowed}
                onSelect={(event) => (one.allowed ? setChosen(one) : event.preventDefault())}
                className="flex cursor-pointer flex-col rounded px-2.5 py-1.5 outline-none aria-disabled:text-ink-3 data-highlighted:bg-accent-soft"
              >
                <StatusDot status={one.to} />
                {one.allowed ? null : (
                  <span className="pl-4.5 text-xs text-ink-3">{one.reason ?? 'Not allowed now'}</span>
                )}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {chosen ? <Confirm incident={incident} to={chosen} onClose={() => setChosen(null)} /> : null}
    </>
  );
}

function Confirm({ incident, to, onClose }: { incident: Incident; to: Transition; onClose: () => void }) {
  const router = useRouter();
  const say = useToast();
  const { write, busy, failure } = useWrite(CHANGE, 'changeIncidentStatus');
  const [duplicate, setDuplicate] = useState<Option[]>([]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const comment = text(new FormData(event.currentTarget), 'comment');
    const done = await write({
      incident: incident.ref,
      to: to.to,
      comment,
      duplicateOf: duplicate[0]?.value ?? null,
    });
    if (!done) return;
    say(`Status changed to ${words(to.to).toLowerCase()}.`);
    onClose();
    router.refresh();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Change status to ${words(to.to).toLowerCase()}`}
      description="The change is recorded in the timeline with your name."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {failure ? (
          <Notice tone="danger" role="alert">
            {failure.message}
          </Notice>
        ) : null}
        {to.to === 'DUPLICATE' ? (
          <Field label="Duplicate of">
            <NodePicker kinds={['INCIDENT']} single chosen={duplicate} onChange={setDuplicate} />
          </Field>
        ) : null}
        <Field label="Comment" optional={!to.needsComment}>
          <Textarea name="comment" required={to.needsComment} rows={3} />
        </Field>
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" busy={busy}>
            {busy ? 'Saving…' : 'Change status'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
