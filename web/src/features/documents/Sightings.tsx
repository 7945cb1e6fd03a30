import { RefLink } from '@/navigation/RefLink.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { grouped } from '@/ui/numbers.ts';

type Sighting = { step: string; trainingRun: { ref: string; label: string } };

const SHOWN = 4;

/** At which steps of which runs training saw a document. */
export function Sightings({ sightings }: { sightings: readonly Sighting[] }) {
  if (sightings.length === 0) return <Unknown />;
  const byRun = new Map<string, { run: Sighting['trainingRun']; steps: string[] }>();
  for (const { trainingRun, step } of sightings) {
    const of = byRun.get(trainingRun.ref) ?? { run: trainingRun, steps: [] };
    of.steps.push(step);
    byRun.set(trainingRun.ref, of);
  }
  return (
    <ul className="flex flex-col gap-0.5">
      {[...byRun.values()].map(({ run, steps }) => (
        <li key={run.ref}>
          <RefLink refOf={run.ref}>{run.label}</RefLink>
          <span className="text-ink-2">
            {' '}
            at {steps.length === 1 ? 'step' : 'steps'} {steps.slice(0, SHOWN).map(grouped).join(', ')}
            {steps.length > SHOWN ? ` and ${steps.length - SHOWN} more` : ''}
          </span>
        </li>
      ))}
    </ul>
  );
}
