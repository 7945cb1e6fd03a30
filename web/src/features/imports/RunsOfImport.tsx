import type { ImportWholeFragment } from '@/graphql/generated/graphql.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { plural } from '@/ui/numbers.ts';
import { Section } from '@/ui/Section.tsx';

type Runs = ImportWholeFragment['evalRuns'];

/** A file of a benchmark's tasks tells of dozens: what stands below must stay in sight. */
const SHOWN = 12;

export function RunsOfImport({ runs }: { runs: Runs }) {
  if (runs.length === 0) return null;
  const more = runs.slice(SHOWN);
  return (
    <Section id="eval-runs" title={runs.length === 1 ? 'Eval run' : 'Eval runs'} count={runs.length}>
      <List runs={runs.slice(0, SHOWN)} />
      {more.length > 0 ? (
        <details className="mt-2 text-sm">
          <summary className="w-fit text-accent">{`${plural(more.length, 'more eval run')}`}</summary>
          <div className="mt-1">
            <List runs={more} />
          </div>
        </details>
      ) : null}
    </Section>
  );
}

function List({ runs }: { runs: Runs }) {
  return (
    <ul className="grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2 lg:grid-cols-3">
      {runs.map((run) => (
        <li key={run.ref} className="min-w-0 break-words">
          <RefLink refOf={run.ref}>{run.label}</RefLink>
        </li>
      ))}
    </ul>
  );
}
