'use client';

import { useId } from 'react';
import { errorOf, text } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { graphql } from '@/graphql/generated/index.ts';
import type { ButtonProps } from '@/ui/Button.tsx';
import { Field, Input, Select } from '@/ui/Field.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { SCOPES } from './scope-words.ts';

const CREATE = graphql(`
  mutation CreateApiToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) {
      __typename
      ... on CreateApiTokenSuccess { token apiToken { id } }
      ...WriteFailure
    }
  }
`);

const EXPIRIES = [
  { days: '7', label: 'in 7 days' },
  { days: '30', label: 'in 30 days' },
  { days: '90', label: 'in 90 days' },
  { days: '365', label: 'in a year' },
  { days: '', label: 'when it is revoked' },
];

const inDays = (days: string | null): string | null =>
  days === null ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString();

/** Makes a token for the viewer, or for `owner`. `scopes` are those that it can be given. */
export function CreateToken(props: {
  scopes: readonly string[];
  owner: { id: string; name: string } | null;
  blocked: string | null;
  buttonProps?: Pick<ButtonProps, 'look' | 'size'>;
}) {
  const { write, busy, failure } = useWrite(CREATE, 'createApiToken', { keyless: true });
  const { owner } = props;
  const scopesError = errorOf(failure, 'scopes');
  const errorId = useId();
  const save = async (form: FormData) => {
    const made = await write({
      name: text(form, 'name') ?? '',
      scopes: form.getAll('scope').map(String),
      expiresAt: inDays(text(form, 'days')),
      owner: owner?.id ?? null,
    });
    return made?.token ?? null;
  };
  return (
    <SecretDialog
      button="Create a token"
      buttonLabel={owner ? `Create a token for ${owner.name}` : undefined}
      buttonProps={props.buttonProps}
      title={owner ? `Create a token for ${owner.name}` : 'Create an API token'}
      description="A tool sends it as Authorization: Bearer …"
      blocked={props.blocked}
      submit="Create"
      busy={busy}
      failure={failure}
      onSubmit={save}
      secret={{
        label: 'Token',
        note: 'Copy it now: only a digest of it is kept, so nobody can show it again.',
      }}
    >
      <Field label="Name" hint="What will use it." error={errorOf(failure, 'name')}>
        <Input name="name" required maxLength={100} autoComplete="off" />
      </Field>
      <fieldset>
        <legend className="text-sm font-medium">Scopes</legend>
        {scopesError ? (
          <p id={errorId} className="text-xs font-medium text-danger">
            {scopesError}
          </p>
        ) : null}
        <div className="mt-1 flex flex-col gap-1.5">
          {SCOPES.map(({ scope, meaning }) => {
            const isOpen = props.scopes.includes(scope);
            return (
              <label key={scope} className="flex items-start gap-2 text-sm">
                <input
                  type="checkbox"
                  name="scope"
                  value={scope}
                  defaultChecked={scope === 'read'}
                  disabled={!isOpen}
                  aria-invalid={scopesError ? true : undefined}
                  aria-describedby={scopesError ? errorId : undefined}
                  className="mt-0.5 size-4 shrink-0 accent-[var(--accent)]"
                />
                <span>
                  <code className="font-mono text-xs">{scope}</code>
                  <span className="text-ink-2"> {meaning}</span>
                  {isOpen ? null : <span className="text-ink-3"> The role lacks it.</span>}
                </span>
              </label>
            );
          })}
        </div>
      </fieldset>
      <Field label="Ends" error={errorOf(failure, 'expiresAt')}>
        <Select name="days" defaultValue="90">
          {EXPIRIES.map((expiry) => (
            <option key={expiry.days} value={expiry.days}>
              {expiry.label}
            </option>
          ))}
        </Select>
      </Field>
    </SecretDialog>
  );
}
