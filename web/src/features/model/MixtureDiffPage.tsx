import { STAGE_TITLES } from '@/features/lineage/bands.ts';
import { query } from '@/graphql/execute.ts';
import type { ExposureGrouping } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Badge, type Tone } from '@/ui/Badge.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Percent } from '@/ui/Figure.tsx';
import { points, words } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { Section } from '@/ui/Section.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { DiffChooser } from './DiffChooser.tsx';
import { byStage, type DiffRow, type DiffStage, rowLabel, rowRef } from './mixture-rows.ts';

const DIFF = graphql(`
  query MixtureDiff($from: NodeRef!, $to: NodeRef!, $by: ExposureGrouping!, $knownOn: DateTime) {
    mixtureDiff(from: $from, to: $to, by: $by, knownOn: $knownOn) {
      knownOn by
      fromNode { ref label }
      toNode { ref label }
      rows {
        stage ordinal unaccounted from to difference change
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
      <DiffChooser from={props.from} to={props.to} by={props.by} />
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
          <Runs stage={stage} />
          <StageTable stage={stage} from={fromNode} to={toNode} />
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
function Runs({ stage: { fromRun, toRun } }: { stage: DiffStage }) {
  if (fromRun === null && toRun === null) return null;
  const same = fromRun?.ref === toRun?.ref;
  const link = (run: DiffStage['fromRun']) =>
    run ? <RefLink refOf={run.ref}>{run.label}</RefLink> : <span>no such run</span>;
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

/** A change too small to show in tenths of a point is still a change. */
function pointsText(difference: number): string {
  const text = points(difference);
  if (text !== '0' || difference === 0) return text;
  return difference > 0 ? '< +0.1' : '> −0.1';
}

const TONES: Record<DiffRow['change'], Tone> = {
  ADDED: 'success',
  REMOVED: 'danger',
  REWEIGHTED: 'accent',
  REVISED: 'warning',
  UNCHANGED: 'neutral',
};

function StageTable(props: {
  stage: DiffStage;
  from: { ref: string; label: string };
  to: { ref: string; label: string };
}) {
  return (
    <Table label="Differences">
      <thead>
        <tr>
          <Th>Group</Th>
          <Th align="right">{props.from.label}</Th>
          <Th align="right">{props.to.label}</Th>
          <Th align="right">Points</Th>
          <Th className="w-56">
            <span className="flex w-56 justify-between">
              <span>less</span>
              <span>more</span>
            </span>
          </Th>
          <Th>Change</Th>
        </tr>
      </thead>
      <tbody>
        {props.stage.rows.map((row) => {
          const ref = rowRef(row);
          return (
            <tr key={`${row.unaccounted} ${ref ?? rowLabel(row)}`}>
              <Td className="min-w-40">
                {row.unaccounted ? (
                  <span
                    aria-hidden="true"
                    className="hatched mr-2 inline-block h-3 w-5 rounded-sm border border-line-strong"
                  />
                ) : null}
                {ref ? <RefLink refOf={ref}>{rowLabel(row)}</RefLink> : rowLabel(row)}
                {row.revisedFrom ? (
                  <span className="block text-xs text-ink-3">
                    was <RefLink refOf={row.revisedFrom.ref}>{row.revisedFrom.label}</RefLink>
                  </span>
                ) : null}
              </Td>
              <Td align="right">
                <Percent value={row.from} unknown="–" />
              </Td>
              <Td align="right">
                <Percent value={row.to} unknown="–" />
              </Td>
              <Td align="right" className="font-medium">
                {row.difference === null || row.difference === undefined ? (
                  <span className="text-ink-3">–</span>
                ) : (
                  pointsText(row.difference)
                )}
              </Td>
              <Td className="align-middle">
                <Diverging difference={row.difference ?? null} largest={props.stage.largest} />
              </Td>
              <Td>
                <Badge tone={TONES[row.change]}>{words(row.change)}</Badge>
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** A bar to the left of the middle for less, to the right for more, on the scale of the largest change. */
function Diverging({ difference, largest }: { difference: number | null; largest: number }) {
  if (difference === null || largest <= 0) return null;
  const width = (Math.abs(difference) / largest) * 50;
  return (
    <div aria-hidden="true" className="relative h-3 w-56">
      <div className="absolute inset-y-0 left-1/2 w-px bg-line-strong" />
      <div
        className={`absolute inset-y-0.5 rounded-sm ${difference < 0 ? 'bg-cat-5' : 'bg-cat-1'}`}
        style={{ width: `${width}%`, left: difference < 0 ? `${50 - width}%` : '50%' }}
      />
    </div>
  );
}
