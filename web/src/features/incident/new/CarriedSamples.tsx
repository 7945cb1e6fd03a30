import { Button } from '@/ui/Button.tsx';
import { Notice } from '@/ui/Notice.tsx';
import type { CarriedSample } from './draft-state.ts';

/** The eval samples that go along, each with the run that its evidence will name as its source. */
export function CarriedSamples({
  samples,
  onChange,
}: {
  samples: readonly CarriedSample[];
  onChange: (samples: CarriedSample[]) => void;
}) {
  if (samples.length === 0) return null;
  return (
    <Notice title="Evidence that is added when it is filed">
      <ul className="mt-1 flex flex-col gap-1">
        {samples.map((sample) => (
          <li key={sample.value} className="flex flex-wrap items-center gap-x-3">
            <span className="min-w-0 font-mono text-xs break-words">{sample.label}</span>
            <span className="min-w-0 text-xs break-words text-ink-2">
              {sample.run
                ? `of ${sample.run.slice(sample.run.indexOf(':') + 1)}`
                : 'of a run that was not kept with it: its evidence names no source'}
            </span>
            <Button
              size="sm"
              look="quiet"
              aria-label={`Leave out ${sample.label}`}
              onClick={() => onChange(samples.filter((one) => one !== sample))}
            >
              Leave out
            </Button>
          </li>
        ))}
      </ul>
      <p className="mt-1">Each eval sample with its transcript and verdicts, shown behind a warning.</p>
    </Notice>
  );
}
