'use client';

import { useRouter } from 'next/navigation';
import { NodePicker } from '@/features/incident/pickers.tsx';
import { paths } from '@/navigation/paths.ts';
import { Field } from '@/ui/Field.tsx';
import { type Drawing, writeDrawing } from './interval-method.ts';

const KINDS = ['EVAL_RUN', 'MODEL_VERSION'] as const;

/** The two sides, both in the address. */
export function CompareChooser(props: { one: string | null; two: string | null; drawing: Drawing }) {
  const router = useRouter();
  const drawn = writeDrawing(props.drawing);
  const chosen = (ref: string | null) => (ref ? [{ value: ref, label: ref.replace(/^[\w-]+:/, '') }] : []);
  return (
    <div className="mb-6 grid gap-4 md:grid-cols-2 print:hidden">
      <Field label="One" className="min-w-0">
        <NodePicker
          kinds={[...KINDS]}
          single
          chosen={chosen(props.one)}
          onChange={(options) => router.push(paths.compare(options[0]?.value, props.two, drawn))}
        />
      </Field>
      <Field label="The other" className="min-w-0">
        <NodePicker
          kinds={[...KINDS]}
          single
          chosen={chosen(props.two)}
          onChange={(options) => router.push(paths.compare(props.one, options[0]?.value, drawn))}
        />
      </Field>
    </div>
  );
}
