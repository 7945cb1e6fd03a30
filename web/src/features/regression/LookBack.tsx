'use client';

import { useState } from 'react';
import { ActionDialog, errorOf } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { useGraphQL } from '@/graphql/browser.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Field, Input } from '@/ui/Field.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { FoundList } from './FoundList.tsx';
import { LOOK_BACK } from './regression-documents.ts';

const LOOK = graphql(`
  mutation LookBackRegressionRule($input: LookBackRegressionRuleInput!) {
    lookBackRegressionRule(input: $input) {
      __typename
      ... on LookBackRegressionRuleSuccess { measurements regressionRule { id } }
      ...WriteFailure
    }
  }
`);

/** The beginning of a day, in UTC; null where none is typed. */
const beginningOf = (day: string): string | null =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T00:00:00.000Z` : null;

/** Has a rule say what it would have said of what was recorded before it was made, once it was seen what that is. */
export function LookBack({ id, made, blocked }: { id: string; made: string; blocked: string | null }) {
  const { write, busy, failure } = useWrite(LOOK, 'lookBackRegressionRule');
  const [day, setDay] = useState('');
  const since = beginningOf(day);
  return (
    <ActionDialog
      button="Look back"
      buttonLabel="Have this rule look back"
      buttonProps={{ look: 'quiet' }}
      title="Look back"
      description="The rule says what it would have said of what was recorded before it was made, all of it judged together, and of each measurement once. Hits are told to who watches and added to the incident that the rule names. Nothing is reopened or drafted."
      blocked={blocked}
      submit="Look back"
      done="It looks back. What it says is here in a moment."
      busy={busy}
      failure={failure}
      onSubmit={async () => since !== null && Boolean(await write({ regressionRule: id, since }))}
    >
      <Field label="Recorded since" hint="The beginning of a day, in UTC." error={errorOf(failure, 'since')}>
        <Input
          name="since"
          type="date"
          required
          max={made.slice(0, 10)}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </Field>
      {since === null ? null : <Found rule={id} since={since} />}
    </ActionDialog>
  );
}

/** What it would find. */
function Found({ rule, since }: { rule: string; since: string }) {
  const { data, error, isFetching } = useGraphQL(LOOK_BACK, { rule, since }, { keepPrevious: true });
  if (error)
    return (
      <Notice tone="warning" role="alert">
        {error.message}
      </Notice>
    );
  const found = data?.regressionLookBack;
  if (!found) return <p className="text-sm text-ink-3">Looking…</p>;
  return (
    <>
      <FoundList found={found} busy={isFetching} label="What it would find" />
      {found.outcomes.length < found.matching ? (
        <p className="text-xs text-ink-3">
          Corrected here for these {found.outcomes.length}; looking back corrects for all {found.matching}.
        </p>
      ) : null}
    </>
  );
}
