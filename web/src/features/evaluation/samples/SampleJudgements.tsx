import Link from 'next/link';
import type { SamplePageQuery } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';

type Run = Extract<NonNullable<SamplePageQuery['lineageNode']>, { __typename: 'EvalRun' }>;
type Judgement = NonNullable<Run['sample']>['judgements'][number];

/** What people said of a sample, with their reasons. */
export function SampleJudgements({ judgements }: { judgements: readonly Judgement[] }) {
  if (judgements.length === 0) return null;
  return (
    <section aria-labelledby="judgements" className="mt-5">
      <h2 id="judgements" className="mb-2 text-base font-semibold">
        What people said of it
      </h2>
      <ul className="grid gap-3 lg:grid-cols-2">
        {judgements.map(({ measurement, outcome, explanation }) => (
          <li key={measurement.id} className="min-w-0 rounded-lg border border-line bg-surface p-3.5 text-sm">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="font-semibold break-words">
                {measurement.grader ? (
                  `${measurement.grader.name} ${measurement.grader.version}`
                ) : (
                  <Unknown what="grader not stated" />
                )}
              </span>
              {outcome === 'EXHIBITED' ? <Badge tone="danger">Exhibited</Badge> : words(outcome)}
              <Link href={paths.behavior(measurement.behavior.name)} className={linkLook}>
                {measurement.behavior.title}
              </Link>
            </p>
            {explanation ? <p className="mt-1 break-words whitespace-pre-wrap">{explanation}</p> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
