'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { NodePicker } from '@/features/incident/pickers.tsx';
import { paths } from '@/navigation/paths.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Button } from '@/ui/Button.tsx';
import { Field, Input, Select } from '@/ui/Field.tsx';
import { MOST_PAIRS, type Pair } from './pairs.ts';

const nameOf = (ref: string) => ref.replace('model:', '');
const chosen = (ref: string | null) => (ref ? [{ value: ref, label: nameOf(ref) }] : []);

/** The pairs and the evaluation, all of them in the address. */
export function BeforeAfterChooser(props: {
  evaluation: string | null;
  pairs: readonly Pair[];
  evaluations: readonly string[];
}) {
  const { evaluation, pairs, evaluations } = props;
  const router = useRouter();
  const [before, setBefore] = useState<string | null>(null);
  const [after, setAfter] = useState<string | null>(null);
  const [series, setSeries] = useState(pairs.at(-1)?.series ?? '');
  const show = (next: { evaluation?: string | null; pairs?: readonly Pair[] }) =>
    router.push(paths.beforeAfter({ evaluation, pairs, ...next }));
  const add = () => {
    if (!before || !after) return;
    show({ pairs: [...pairs, { before, after, series: series.trim() || null }] });
    setBefore(null);
    setAfter(null);
  };
  return (
    <div className="mb-6 flex flex-col gap-4 print:hidden">
      {pairs.length > 0 ? (
        <ul aria-label="Pairs" className="flex flex-col gap-1 text-sm">
          {pairs.map((pair, index) => (
            <li
              key={`${pair.before} ${pair.after}`}
              className="flex flex-wrap items-center gap-x-2 border-b border-line pb-1"
            >
              {pair.series ? <Badge>{pair.series}</Badge> : null}
              <span className="min-w-0 flex-1 break-words">
                {nameOf(pair.before)} <span className="text-ink-3">then</span> {nameOf(pair.after)}
              </span>
              <Button
                size="sm"
                look="quiet"
                aria-label={`Take away ${nameOf(pair.before)} then ${nameOf(pair.after)}`}
                onClick={() => show({ pairs: pairs.filter((_, at) => at !== index) })}
              >
                Take away
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="grid items-end gap-4 md:grid-cols-[1fr_1fr_8rem_auto]">
        <Field label="Model version before" className="min-w-0">
          <NodePicker
            kinds={['MODEL_VERSION']}
            single
            chosen={chosen(before)}
            onChange={(options) => setBefore(options[0]?.value ?? null)}
          />
        </Field>
        <Field label="Model version after" className="min-w-0">
          <NodePicker
            kinds={['MODEL_VERSION']}
            single
            chosen={chosen(after)}
            onChange={(options) => setAfter(options[0]?.value ?? null)}
          />
        </Field>
        <Field label="Series" optional>
          <Input value={series} placeholder="v0" onChange={(event) => setSeries(event.target.value)} />
        </Field>
        <Button className="h-9" disabledReason={whyNot(before, after, pairs.length)} onClick={add}>
          Add the pair
        </Button>
      </div>
      {evaluations.length > 0 ? (
        <Field label="Evaluation" className="max-w-md">
          <Select
            value={evaluation ?? ''}
            onChange={(event) => show({ evaluation: event.target.value || null })}
          >
            <option value="">Choose one</option>
            {[...new Set([...evaluations, ...(evaluation ? [evaluation] : [])])].map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
    </div>
  );
}

function whyNot(before: string | null, after: string | null, pairs: number): string | null {
  if (pairs >= MOST_PAIRS) return `No more than ${MOST_PAIRS} pairs are compared at once.`;
  if (!before || !after) return 'Choose both sides first.';
  return before === after ? 'Both sides are the same.' : null;
}
