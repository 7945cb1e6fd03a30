import Link from 'next/link';
import { OutcomeTable } from '@/features/regression/OutcomeTable.tsx';
import type { IncidentWholeFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { Unknown } from '@/ui/Figure.tsx';

/** The hits of the regression watch that concern an incident, and the way to a rule for it. */
export function RegressionList({ incident }: { incident: IncidentWholeFragment }) {
  const [behavior] = incident.behaviors;
  return (
    <div className="flex flex-col gap-3">
      {incident.regressions.length === 0 ? (
        <Unknown what="No rule of the regression watch hit." />
      ) : (
        <OutcomeTable outcomes={incident.regressions} named />
      )}
      <p className="text-sm">
        <Link
          href={paths.newRegressionRule({ behavior: behavior?.name ?? null, incident: incident.ref })}
          className={linkLook}
        >
          Make a rule that reopens it
        </Link>
      </p>
    </div>
  );
}
