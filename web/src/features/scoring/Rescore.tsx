'use client';

import { useState } from 'react';
import { ActionDialog } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Field, Select } from '@/ui/Field.tsx';
import { PreviewCounts } from './PreviewCounts.tsx';

const RESCORE = graphql(`
  mutation RescoreEvalRun($input: RescoreEvalRunInput!) {
    rescoreEvalRun(input: $input) {
      __typename
      ... on RescoreEvalRunSuccess { alreadyMeasured measurements { id } }
      ...WriteFailure
    }
  }
`);

export interface VersionToScoreBy {
  id: string;
  number: number;
  status: string;
  rule: string;
}

/** Measures the run by a version of a rule, beside what was measured before. */
export function Rescore(props: {
  run: string;
  versions: readonly VersionToScoreBy[];
  blocked: string | null;
}) {
  const { write, busy, failure } = useWrite(RESCORE, 'rescoreEvalRun');
  const [version, setVersion] = useState(props.versions[0]?.id ?? '');
  return (
    <ActionDialog
      button="Rescore"
      title="Score this run anew"
      description="The new measurement stands beside the ones before it, which stay. By the same version nothing is measured twice."
      blocked={props.blocked}
      submit="Rescore"
      done="Measured by this version."
      busy={busy}
      failure={failure}
      onSubmit={async () => Boolean(await write({ evalRun: props.run, scoringRuleVersion: version }))}
    >
      <Field label="By">
        <Select value={version} onChange={(event) => setVersion(event.target.value)}>
          {props.versions.map((one) => (
            <option key={one.id} value={one.id}>
              {one.rule}, version {one.number}
              {one.status === 'SUPERSEDED' ? ' (superseded)' : ''}
            </option>
          ))}
        </Select>
      </Field>
      <PreviewCounts evalRun={props.run} version={version} />
    </ActionDialog>
  );
}
