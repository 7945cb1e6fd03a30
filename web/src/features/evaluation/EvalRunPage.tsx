import Link from 'next/link';
import { Suspense } from 'react';
import { MeasurementTable } from '@/features/incident/page/MeasurementTable.tsx';
import { SectionLinks } from '@/features/incident/page/SectionLinks.tsx';
import { ClaimsTable } from '@/features/lineage/ClaimsTable.tsx';
import { whyBlocked } from '@/features/lineage/can-write.ts';
import { CorrectClaim } from '@/features/lineage/corrections/CorrectClaim.tsx';
import { DisputeRecord } from '@/features/lineage/corrections/DisputeRecord.tsx';
import { RetractRecord } from '@/features/lineage/corrections/RetractRecord.tsx';
import { DisputeNotice } from '@/features/lineage/Disputes.tsx';
import { KnownOn } from '@/features/lineage/KnownOn.tsx';
import { LineageSection } from '@/features/lineage/LineageSection.tsx';
import { Retracted } from '@/features/lineage/Retracted.tsx';
import { ScoredBy } from '@/features/scoring/ScoredBy.tsx';
import { Share } from '@/features/sharing/Share.tsx';
import type { EvalRunPageQuery } from '@/graphql/generated/graphql.ts';
import type { Problem } from '@/graphql/post.ts';
import { PartialNotice } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { Button } from '@/ui/Button.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Day, PageFacts, Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { RefLabel } from '@/ui/RefLabel.tsx';
import { Section } from '@/ui/Section.tsx';
import { SeverityMark } from '@/ui/SeverityMark.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { AgreementSection, tellsOf } from './agreement/AgreementSection.tsx';
import { loadAgreement } from './agreement/agreement-document.ts';
import { haveSeveralGraders } from './agreement/several-graders.ts';
import { conditionsOfRun } from './conditions-of-run.ts';
import { factorsText } from './EvaluationPage.tsx';
import { GraderCard } from './GraderCard.tsx';
import { ImportReport } from './ImportReport.tsx';
import { RecordedJudgements } from './judging/RecordedJudgements.tsx';
import { judgementsOf } from './judging/recorded-judgement.ts';
import { ScoreTable } from './ScoreTable.tsx';
import { SamplesSection } from './samples/SamplesSection.tsx';
import { TestedOn } from './TestedOn.tsx';

const OF_THEN = 'You see what was known on an earlier day.';

type Run = Extract<NonNullable<EvalRunPageQuery['lineageNode']>, { __typename: 'EvalRun' }>;

export async function EvalRunPage(props: { run: Run; problems: Problem[]; knownOn: string | null }) {
  const { run, knownOn } = props;
  const [blocked, agreement] = await Promise.all([
    whyBlocked(),
    haveSeveralGraders(run) ? loadAgreement(run.ref) : null,
  ]);
  const evaluation = run.evaluationVersion.evaluation;
  // On an earlier day nobody knew what was taken back since.
  const judgements = judgementsOf(knownOn ? { ...run, retractedMeasurements: [] } : run);
  const sections = [
    { id: 'measurements', title: 'Measurements' },
    { id: 'scores', title: 'Scores' },
    { id: 'conditions', title: 'Conditions' },
    { id: 'graders', title: 'Graders' },
    ...(agreement && tellsOf(agreement) ? [{ id: 'agreement', title: 'Agreement' }] : []),
    { id: 'samples', title: 'Samples' },
    { id: 'lineage', title: 'Lineage' },
    ...(run.import ? [{ id: 'import', title: 'Import' }] : []),
    { id: 'claims', title: 'Claims' },
  ];
  return (
    <>
      <PartialNotice problems={props.problems} />
      <PageHeader
        eyebrow={
          <>
            <Link href={paths.evalRuns()}>Eval runs</Link>
            <span aria-hidden="true">/</span>
            <Link href={paths.evaluation(evaluation.name)}>{run.evaluationVersion.label}</Link>
          </>
        }
        title={run.label}
        meta={
          <>
            <StatusDot status={run.status} />
            <RefLink refOf={run.modelVersion.ref} asOf={knownOn}>
              {run.modelVersion.label}
            </RefLink>
            <span>
              <RefLabel value={run.ref} />
              <CitationMark citation={run.citation} of={run.label} />
            </span>
          </>
        }
        actions={
          <>
            <Button asChild>
              <Link href={paths.newIncident({ evalRun: run.ref })}>File an incident from it</Link>
            </Button>
            <Share target={run.id} what="eval run" sharing={run.sharing} />
            <DisputeRecord target={run.id} what={run.label} blocked={blocked} ofPage />
            <RetractRecord target={run.id} what={run.label} blocked={blocked} isNode />
          </>
        }
      />
      <KnownOn at={knownOn} now={paths.evalRun(run.name)} ofNow="scores, graders, samples and incidents" />
      {run.retractedAt ? <Retracted at={run.retractedAt} /> : null}
      <DisputeNotice disputes={run.disputes} blocked={blocked} />
      <PageFacts items={facts(run, knownOn)} />
      <div className="mt-5">
        <SectionLinks sections={sections} />
      </div>
      <Section
        id="measurements"
        title="Measurements"
        count={run.measurements.length}
        note="Unscored samples are never counted as “not exhibited”."
      >
        <MeasurementTable measurements={run.measurements} />
        <RecordedJudgements judgements={judgements} blocked={knownOn ? OF_THEN : blocked} />
        <ScoredBy run={run.ref} evaluation={evaluation.name} />
      </Section>
      <Section id="scores" title="Scores" count={run.scores.length} note="Metrics that are no behaviour.">
        <ScoreTable scores={run.scores} />
      </Section>
      <Conditions run={run} />
      <Section
        id="graders"
        title="Graders"
        count={run.graders.length}
        note="Who judged, and by which standard."
      >
        {run.graders.length === 0 ? <Unknown what="Who or what judged is not recorded." /> : null}
        <div className="grid gap-3 lg:grid-cols-2">
          {run.graders.map((g) => (
            <GraderCard key={g.id} grader={g} />
          ))}
        </div>
      </Section>
      {agreement ? <AgreementSection answer={agreement} graders={run.graders} /> : null}
      <Section id="samples" title="Samples" count={run.samples.totalCount}>
        {run.samples.totalCount === 0 ? (
          <Unknown what="No single sample is recorded, only what was measured over them." />
        ) : (
          <SamplesSection run={ofSamples(run)} />
        )}
      </Section>
      <Section id="lineage" title="Lineage">
        <Suspense fallback={<Skeleton className="h-80" />}>
          <LineageSection refOf={run.ref} knownOn={knownOn} />
        </Suspense>
      </Section>
      {run.import ? (
        <Section id="import" title="Import" note="What was made of the file that this run came from.">
          <ImportReport report={run.import} />
        </Section>
      ) : null}
      <Section
        id="claims"
        title="Claims"
        count={run.claims.length}
        actions={<CorrectClaim nodeRef={run.ref} blocked={blocked} />}
      >
        <ClaimsTable claims={run.claims} nodeRef={run.ref} blocked={blocked} />
      </Section>
    </>
  );
}

/** What the list of samples needs of its run: no more goes to the browser a second time. */
function ofSamples({ ref, name, modelVersion, sampleOutcomes, sampleConditions, sampleScores }: Run) {
  return { ref, name, modelVersion, sampleOutcomes, sampleConditions, sampleScores };
}

function facts(run: Run, knownOn: string | null) {
  const links = (nodes: readonly { id: string; ref: string; label: string }[]) =>
    nodes.length === 0 ? (
      <Unknown />
    ) : (
      <span className="flex flex-wrap gap-x-3 gap-y-1">
        {nodes.map((n) => (
          <RefLink key={n.id} refOf={n.ref} asOf={knownOn} className="min-w-0">
            {n.label}
          </RefLink>
        ))}
      </span>
    );
  return [
    { name: 'Started', value: <Day value={run.startedAt} unknown="not stated" /> },
    { name: 'Samples', value: run.sampleCount ?? <Unknown what="not stated" /> },
    { name: 'Epochs', value: run.epochs ?? <Unknown what="not stated" /> },
    {
      name: 'Tested on',
      value: <TestedOn nodes={run.testedOn} stated={run.statedDatasets} knownOn={knownOn} />,
    },
    { name: 'Judged by', value: links(run.judgedBy) },
    {
      name: 'Incidents',
      value: run.incidents.totalCount ? (
        <span className="flex flex-col gap-1">
          {run.incidents.nodes.map((i) => (
            <span key={i.id} className="flex flex-wrap items-center gap-x-3">
              <Link href={paths.ofRef(i.ref)} className={linkLook}>
                {i.key} {i.title}
              </Link>
              <SeverityMark severity={i.severity} />
              <StatusDot status={i.status} />
            </span>
          ))}
          {run.incidents.totalCount > run.incidents.nodes.length ? (
            <Link
              href={paths.lineage(run.ref, { direction: 'downstream', view: 'table' })}
              className={linkLook}
            >
              and {run.incidents.totalCount - run.incidents.nodes.length} more, in the lineage
            </Link>
          ) : null}
        </span>
      ) : (
        <Unknown what="none filed from it" />
      ),
    },
    { name: 'Visible to', value: words(run.visibility) },
  ];
}

function Conditions({ run }: { run: Run }) {
  const conditions = conditionsOfRun(run);
  return (
    <Section id="conditions" title="Conditions" count={conditions.length}>
      {conditions.length === 0 ? <Unknown what="No condition is recorded." /> : null}
      <dl className="grid gap-x-5 gap-y-2 text-sm sm:grid-cols-[auto_1fr]">
        {conditions.map((c) => (
          <div key={c.id} className="contents">
            <dt className="font-medium">{c.name}</dt>
            <dd className="text-ink-2">
              {[c.description, factorsText(c.factors)].filter(Boolean).join(' · ') || (
                <Unknown what="not described" />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
