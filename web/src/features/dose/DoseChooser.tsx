'use client';

import { useRouter } from 'next/navigation';
import { paths } from '@/navigation/paths.ts';
import { Field, Select } from '@/ui/Field.tsx';
import type { DoseStage, Substance } from './dose.ts';
import { stageTitle } from './dose-words.ts';

/** Of what, and in which training; both are in the address. */
export function DoseChooser(props: {
  behavior: string;
  substances: readonly Substance[];
  stages: readonly DoseStage[];
  of: string;
  stage: DoseStage;
}) {
  const router = useRouter();
  const go = (of: string, stage: string) =>
    router.replace(paths.dose(props.behavior, { of, stage }), { scroll: false });
  return (
    <div className="mb-5 grid gap-4 sm:grid-cols-[minmax(0,22rem)_minmax(0,16rem)] print:hidden">
      <Field label="Exposure to">
        <Select value={props.of} onChange={(event) => go(event.target.value, props.stage)}>
          {props.substances.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="In">
        <Select value={props.stage} onChange={(event) => go(props.of, event.target.value)}>
          {props.stages.map((stage) => (
            <option key={stage} value={stage}>
              {stageTitle(stage)}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
}
