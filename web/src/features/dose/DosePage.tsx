import Link from 'next/link';
import { notFound } from 'next/navigation';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { loadRates, type Rates } from '../behavior/load-rates.ts';
import { STAGE_ORDER } from '../lineage/bands.ts';
import { DoseChooser } from './DoseChooser.tsx';
import { DosePlot } from './DosePlot.tsx';
import { stagesOf, substances } from './dose.ts';
import { loadExposures } from './dose-query.ts';

const TITLE = graphql(`
  query DoseTitle($name: String!) { behavior(name: $name) { id name title } }
`);

export interface DoseChoice {
  name: string;
  of: string | null;
  stage: string | null;
}

/** A behaviour's rates against what the model versions were exposed to. */
export async function DosePage(chosen: DoseChoice) {
  const answer = await query(TITLE, { name: chosen.name });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This behaviour" />;
  const behavior = answer.data.behavior;
  if (!behavior) notFound();
  const rates = await loadRates(behavior.name);
  return (
    <>
      <PageHeader
        eyebrow={
          <>
            <Link href={paths.behaviors()}>Behaviours</Link>
            <span aria-hidden="true">/</span>
            <Link href={paths.behavior(behavior.name)}>{behavior.title}</Link>
          </>
        }
        title={`${behavior.title}: dose against response`}
        meta={
          <p className="w-full max-w-prose">
            How often the model versions show it, against how much of their training came from a source or
            carried a content tag. What goes together need not be cause and effect: the versions differ in
            more than this.
          </p>
        }
      />
      {'kind' in rates ? (
        <Unanswered answer={rates} what="The rates" />
      ) : (
        <Doses chosen={chosen} title={behavior.title} rates={rates} />
      )}
    </>
  );
}

async function Doses({ chosen, title, rates }: { chosen: DoseChoice; title: string; rates: Rates }) {
  const ids = [...new Set(rates.points.map(({ evalRun }) => evalRun.modelVersion.id))];
  const { versions, unread } = await loadExposures(ids);
  const known = [...versions.values()];
  const choices = substances(known);
  const stages = stagesOf(known, STAGE_ORDER);
  const of = choices.find(({ key }) => key === chosen.of) ?? choices[0];
  const stage = stages.find((one) => one === chosen.stage) ?? stages[0];
  if (!of || !stage) {
    return (
      <EmptyState kind="none" title="There is no dose to draw">
        {rates.points.length === 0
          ? 'Nothing has been measured of this behaviour.'
          : 'Of none of the model versions measured is it recorded what they were trained on.'}
      </EmptyState>
    );
  }
  return (
    <>
      <DoseChooser behavior={chosen.name} substances={choices} stages={stages} of={of.key} stage={stage} />
      <DosePlot
        title={title}
        file={`dose-${chosen.name.replace(/[^\w.-]+/g, '-')}`}
        points={rates.points}
        cut={rates.totalCount - rates.points.length}
        versions={versions}
        unread={unread}
        of={of}
        stage={stage}
      />
    </>
  );
}
