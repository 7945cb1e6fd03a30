import Link from 'next/link';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { percent, plural } from '@/ui/numbers.ts';
import { Section } from '@/ui/Section.tsx';
import { CausePicture } from './CausePicture.tsx';
import { ApartTable, IncidentLinks, Lot } from './CauseTables.tsx';
import type { Comparison } from './cause-words.ts';
import { type Chosen, refOf, THRESHOLDS } from './chosen.ts';

const COMPARISON = graphql(`
  query CommonCauses($incidents: [NodeRef!]!, $threshold: Float) {
    commonCauseComparison(incidents: $incidents, threshold: $threshold) {
      threshold
      showing
      undecided
      tested
      truncations { field shown total }
      incidents { ref key title }
      behaviors { name title }
      modelVersions { ref label }
      others { ref label }
      causeCount
      causes(first: 100) {
        state
        lift
        pValue
        correctedPValue
        source { ref label }
        contentTag { name }
        generatedBy { ref label }
        modelVersions { exposed of unknown }
        others { exposed of unknown }
      }
      apart { via modelVersions others node { ref label kind } }
    }
  }
`);

const toIncidents = (
  <Button asChild>
    <Link href={paths.incidents()}>Choose incidents</Link>
  </Button>
);

export async function CommonCauses({ chosen }: { chosen: Chosen }) {
  if (chosen.incidents.length === 0)
    return (
      <EmptyState kind="none" title="No incident is chosen" action={toIncidents}>
        Choose some in the list of incidents: what the model versions behind them share is compared with model
        versions that were measured for the same behaviours and showed none.
      </EmptyState>
    );
  const answer = await query(COMPARISON, {
    incidents: chosen.incidents.map(refOf),
    threshold: chosen.threshold,
  });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The common causes" />;
  const comparison = answer.data.commonCauseComparison;
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <Who comparison={comparison} />
      <Section
        id="causes"
        title="Exposed to"
        note={`Exposed is a model version of which more than ${percent(comparison.threshold)} of some training stage came from it. Where that is not known (parties differ, a tag is not measured, or what is unaccounted may hold it), it counts on neither side.`}
        actions={<Thresholds chosen={chosen} />}
      >
        <Causes comparison={comparison} />
      </Section>
      {comparison.apart.length > 0 ? (
        <Section
          id="apart"
          title="Reached otherwise than by data"
          note="Who wrote, taught or rewarded; what evaluations were made with; earlier versions of the data. Listed apart: it is no exposure, and nothing is tested."
        >
          <ApartTable comparison={comparison} />
        </Section>
      ) : null}
    </>
  );
}

function Who({ comparison }: { comparison: Comparison }) {
  const { incidents, behaviors, modelVersions, others, showing, undecided, truncations } = comparison;
  const behaviour = behaviors.map(({ title }) => title.toLowerCase()).join(' or ');
  return (
    <div className="flex flex-col gap-3">
      <IncidentLinks incidents={incidents} />
      {truncations.length > 0 ? (
        <Notice tone="warning" title="Not all are compared">
          {truncations.map(({ field, shown, total }) => (
            <p key={field}>
              {field === 'others'
                ? 'Of the others'
                : field === 'modelVersions'
                  ? 'Of the incidents’ model versions'
                  : `Of ${field}`}
              : {shown} of {total ?? 'more'}.
            </p>
          ))}
        </Notice>
      ) : null}
      <div className="grid gap-3 md:grid-cols-2">
        <Lot
          title={`${plural(modelVersions.length, 'model version')} of the incidents`}
          members={modelVersions}
        />
        <Lot
          title={`${plural(others.length, 'other')} measured for ${behaviour || 'no behaviour'}, showing none`}
          members={others}
        />
      </div>
      {showing + undecided > 0 ? (
        <p className="text-sm text-ink-2">
          In neither lot: {plural(showing, 'model version')} that {showing === 1 ? 'shows' : 'show'} it in
          another incident or measurement, and {undecided} of which it cannot be told.
        </p>
      ) : null}
    </div>
  );
}

function Causes({
  comparison: { causes, causeCount, tested, modelVersions, others },
}: {
  comparison: Comparison;
}) {
  if (modelVersions.length === 0)
    return (
      <EmptyState kind="none" title="No model version is behind these incidents" action={toIncidents}>
        Link one to an incident, or an eval run that examined one.
      </EmptyState>
    );
  if (causes.length === 0)
    return (
      <EmptyState kind="none" title="Nothing is known of what they were trained on">
        No source and no content tag is recorded above the threshold behind{' '}
        {modelVersions.length === 1 ? 'the model version' : 'the model versions'} of these incidents.
      </EmptyState>
    );
  return (
    <>
      {tested === 0 ? (
        <Notice title="Too few to say" className="mb-4">
          {others.length === 0
            ? 'No other model version was measured for the same and showed none, so there is nothing to compare with.'
            : 'Of too few model versions is it known whether they were exposed: whatever the outcome, chance could explain it.'}
        </Notice>
      ) : null}
      <CausePicture causes={causes} />
      {causeCount > causes.length ? (
        <p className="mt-2 text-sm text-ink-2">
          The first {causes.length} of {causeCount}.
        </p>
      ) : null}
      <p className="mt-2 max-w-3xl text-xs text-ink-3">
        p is Fisher’s, two-sided; corrected by Holm for {tested}, as many as can be told, those included that
        only the others are exposed to. A difference is no proof of a cause, and model versions that share a
        base share its data, so that p is smaller than it should be where many do.
      </p>
    </>
  );
}

function Thresholds({ chosen }: { chosen: Chosen }) {
  return (
    <nav aria-label="Threshold" className="flex items-center gap-1 text-sm">
      <span className="text-ink-3">More than</span>
      {THRESHOLDS.map((threshold) => (
        <Button key={threshold} asChild size="sm" look={threshold === chosen.threshold ? 'primary' : 'plain'}>
          <Link
            href={paths.commonCauses({ ...chosen, threshold })}
            aria-current={threshold === chosen.threshold ? 'true' : undefined}
            scroll={false}
          >
            {percent(threshold)}
          </Link>
        </Button>
      ))}
    </nav>
  );
}
