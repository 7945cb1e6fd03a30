'use client';

import { useRouter } from 'next/navigation';
import { NodePicker } from '@/features/incident/pickers.tsx';
import type { ExposureGrouping } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { Field, Select } from '@/ui/Field.tsx';

const KINDS = ['MODEL_VERSION', 'DATASET_VERSION'] as const;

/** The two sides and the grouping; every choice is in the address. */
export function DiffChooser(props: {
  from: string | null;
  to: string | null;
  by: ExposureGrouping;
  /** The past moment that they are compared as known on, which another choice keeps. */
  knownOn: string | null;
}) {
  const router = useRouter();
  const go = (from: string | null, to: string | null, by: string) =>
    router.push(paths.modelDiff({ from, to, by: by === 'SOURCE' ? null : by, asOf: props.knownOn }));
  const chosen = (ref: string | null) => (ref ? [{ value: ref, label: ref.replace(/^\w+:/, '') }] : []);
  return (
    <div className="mb-6 grid gap-4 md:grid-cols-[1fr_1fr_12rem]">
      <Field label="From" className="min-w-0">
        <NodePicker
          kinds={[...KINDS]}
          single
          chosen={chosen(props.from)}
          onChange={(options) => go(options[0]?.value ?? null, props.to, props.by)}
        />
      </Field>
      <Field label="To" className="min-w-0">
        <NodePicker
          kinds={[...KINDS]}
          single
          chosen={chosen(props.to)}
          onChange={(options) => go(props.from, options[0]?.value ?? null, props.by)}
        />
      </Field>
      <Field label="Grouped by">
        <Select value={props.by} onChange={(event) => go(props.from, props.to, event.target.value)}>
          <option value="SOURCE">Source</option>
          <option value="DATASET_VERSION">Dataset version</option>
          <option value="CONTENT_TAG">Content tag</option>
        </Select>
      </Field>
    </div>
  );
}
