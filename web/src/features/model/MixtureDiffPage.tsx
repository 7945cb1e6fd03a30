import { STAGE_TITLES } from '@/features/lineage/bands.ts';
import { KnownOn } from '@/features/lineage/KnownOn.tsx';
import { query } from '@/graphql/execute.ts';
import type { ExposureGrouping } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { Section } from '@/ui/Section.tsx';
import { DiffChooser } from './DiffChooser.tsx';
import { DiffPicture } from './DiffPicture.tsx';
import { byStage, type DiffStage } from './mixture-rows.ts';

const DIFF = graphql(`
  query MixtureDiff($from: NodeRef!, $to: NodeRef!, $by: ExposureGrouping!, $knownOn: DateTime) {
    mixtureDiff(from: $from, to: $to, by: $by, knownOn: $knownOn) {
      knownOn by
      fromNode { ref label }
      toNode { ref label }
      rows {
        stage ordinal unaccounted from fromUpper to toUpper change
        difference differenceLower differenceUpper
        fromRun { ref label }
        toRun { ref label }
        source { ref label }
        datasetVersion { ref label }
        contentTag { name }
        generatedBy { ref label }
        revisedFrom { ref label }
      }
    }
  }
`);

export type MixtureDiffProps = {
  from: string | null;
  to: string | null;
  by: ExposureGrouping;
  knownOn: string | null;
};

/** What two model versions were trained on, side by side and stage by stage. */
export async function MixtureDiffPage(props: MixtureDiffProps) {
  return (
    <>
      <PageHeader
        title="Compare mixtures"
        meta={<p>What two model versions (or dataset versions) were made of, and what changed.</p>}
      />
      <KnownOn
        at={props.knownOn}
        now={paths.modelDiff({ from: props.from, to: props.to, by: props.by === 'SOURCE' ? null : props.by })}
      />
      <DiffChooser from={props.from} to={props.to} by={props.by} knownOn={props.knownOn} />
      {props.from && props.to ? (
        <Difference {...props} from={props.from} to={props.to} />
      ) : (
        <EmptyState kind="none" title="Choose two versions">
          Type the name of a model version on each side, or give its reference, such as
          model:pythia-6.9b@step143000.
        </EmptyState>
      )}
    </>
  );
}

async function Difference(props: MixtureDiffProps & { from: string; to: string }) {
  const answer = await query(DIFF, props);
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The difference" />;
  const { rows, fromNode, toNode } = answer.data.mixtureDiff;
  if (rows.length === 0) {
    return (
      <EmptyState kind="none" title="Nothing to compare">
        Neither has a recorded mixture.
      </EmptyState>
    );
  }
  return (
    <>
      <PartialNotice problems={answer.problems} />
      {byStage(rows).map((stage) => (
        <Section
          key={`${stage.stage} ${stage.run}`}
          id={`stage-${(stage.stage ?? 'none').toLowerCase()}-${stage.run}`}
          title={stageTitle(stage)}
          className="mt-8"
        >
          <Runs stage={stage} knownOn={props.knownOn} />
          <DiffPicture
            stage={stage}
            title={stageTitle(stage)}
            from={fromNode.label}
            to={toNode.label}
            knownOn={props.knownOn}
          />
        </Section>
      ))}
    </>
  );
}

function stageTitle({ stage, run, runs }: DiffStage): string {
  const title = stage ? STAGE_TITLES[stage] : 'Composition';
  return runs > 1 ? `${title}, run ${run} of ${runs}` : title;
}

/** Which training runs the table compares: a stage may have had several. */
function Runs({ stage: { fromRun, toRun }, knownOn }: { stage: DiffStage; knownOn: string | null }) {
  if (fromRun === null && toRun === null) return null;
  const same = fromRun?.ref === toRun?.ref;
  const link = (run: DiffStage['fromRun']) =>
    run ? (
      <RefLink refOf={run.ref} asOf={knownOn}>
        {run.label}
      </RefLink>
    ) : (
      <span>no such run</span>
    );
  return (
    <p className="mb-2 text-sm text-ink-2 [&_a]:underline">
      {same ? (
        <>The same run in both: {link(fromRun)}</>
      ) : (
        <>
          {link(fromRun)} against {link(toRun)}
        </>
      )}
    </p>
  );
}
