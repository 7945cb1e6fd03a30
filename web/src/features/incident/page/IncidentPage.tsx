import { Suspense } from 'react';
import { one } from '@/features/catalogue/catalogue-state.ts';
import { ExposureSection } from '@/features/exposure/ExposureSection.tsx';
import { whyBlocked } from '@/features/lineage/can-write.ts';
import { DisputeNotice } from '@/features/lineage/Disputes.tsx';
import { KnownOn } from '@/features/lineage/KnownOn.tsx';
import { LineageSection } from '@/features/lineage/LineageSection.tsx';
import { NeitherDay } from '@/features/lineage/NeitherDay.tsx';
import { loadViewer } from '@/features/shell/viewer.ts';
import type { IncidentWholeFragment } from '@/graphql/generated/graphql.ts';
import type { Problem } from '@/graphql/post.ts';
import { PartialNotice } from '@/graphql/Unanswered.tsx';
import { readAsOf } from '@/navigation/as-of.ts';
import { paths } from '@/navigation/paths.ts';
import { Unknown } from '@/ui/Figure.tsx';
import { Section } from '@/ui/Section.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { LinkIncident } from '../actions/LinkIncident.tsx';
import { OpenHypothesis } from '../actions/OpenHypothesis.tsx';
import { RecordIntervention } from '../actions/RecordIntervention.tsx';
import { AddEvidence } from '../evidence/AddEvidence.tsx';
import { EvidenceItemView } from '../evidence/EvidenceItemView.tsx';
import { DownloadReport } from './DownloadReport.tsx';
import { HypothesisView } from './HypothesisView.tsx';
import { IncidentHeader } from './IncidentHeader.tsx';
import { InterventionView } from './InterventionView.tsx';
import { GROUPED_BY, MeasurementTable } from './MeasurementTable.tsx';
import { ModelChoice } from './ModelChoice.tsx';
import { OriginList } from './OriginList.tsx';
import { RelatedList, ReportList, SuspectTable, Timeline } from './Records.tsx';
import { RegressionList } from './RegressionList.tsx';
import { ReportedResultTable } from './ReportedResultTable.tsx';
import { SectionLinks } from './SectionLinks.tsx';

interface Props {
  incident: IncidentWholeFragment;
  problems: readonly Problem[];
  searchParams: Record<string, string | string[] | undefined>;
}

const SECTIONS = [
  { id: 'what-happened', title: 'What happened' },
  { id: 'measurements', title: 'Measurements' },
  { id: 'regressions', title: 'Regressions' },
  { id: 'lineage', title: 'Lineage' },
  { id: 'exposure', title: 'Exposure' },
  { id: 'hypotheses', title: 'Hypotheses' },
  { id: 'interventions', title: 'Interventions' },
  { id: 'evidence', title: 'Evidence' },
  { id: 'suspects', title: 'Suspects' },
  { id: 'reports', title: 'Reports' },
  { id: 'related', title: 'Related' },
  { id: 'timeline', title: 'Timeline' },
];

/** What a comparison can choose from, each told apart by model, behaviour and condition. */
const figuresOf = (incident: IncidentWholeFragment) => [
  ...incident.measurements.map((one) => ({
    value: `measurement:${one.id}`,
    label: [one.evalRun.label, one.behavior.title, one.condition?.name].filter(Boolean).join(' · '),
  })),
  ...incident.reportedResults.map((one) => ({ value: `result:${one.id}`, label: one.statement })),
];

/** The whole incident, from what was seen back to what the model was trained on. */
export async function IncidentPage({ incident, problems, searchParams }: Props) {
  const viewer = await loadViewer();
  const blocked = viewer.signedIn
    ? incident.canEdit.allowed
      ? null
      : (incident.canEdit.reason ?? 'You may not change this incident.')
    : 'Sign in to write.';
  // Whoever reads an incident may say that it is wrong; changing it is for fewer.
  const toCorrect = await whyBlocked();
  const wanted = typeof searchParams.model === 'string' ? searchParams.model : null;
  const asked = one(searchParams.asOf);
  const asOf = readAsOf(asked).at;
  const model = incident.modelVersions.find((one) => one.ref === wanted) ?? incident.modelVersions[0];
  return (
    <article>
      <PartialNotice problems={problems} />
      <NeitherDay asked={asked} />
      <KnownOn at={asOf} now={paths.ofRef(incident.ref)} ofNow="all sections but lineage and exposure" />
      <IncidentHeader
        incident={incident}
        blocked={blocked}
        toCorrect={toCorrect}
        signedIn={viewer.signedIn}
      />
      <DisputeNotice disputes={incident.disputes} blocked={toCorrect} />
      <SectionLinks sections={SECTIONS} />
      <Section id="what-happened" title="What happened">
        <p className="max-w-prose whitespace-pre-line">{incident.summary}</p>
      </Section>
      <Section id="measurements" title="Measurements" note={GROUPED_BY}>
        <MeasurementTable measurements={incident.measurements} />
        {incident.reportedResults.length ? (
          <>
            <h3 className="mt-5 mb-2 font-semibold">Reported results</h3>
            <p className="mb-2 max-w-prose text-sm text-ink-2">
              What publications state as aggregates, or of models they do not name. These are not
              measurements.
            </p>
            <ReportedResultTable results={incident.reportedResults} />
          </>
        ) : null}
      </Section>
      <Section
        id="regressions"
        title="Regressions"
        note="What the regression watch found after it: a hit reopens an incident that had come to an end, and is added to one that had not."
      >
        <RegressionList incident={incident} />
      </Section>
      <Section id="lineage" title="Lineage" note="From this incident back to where the data first came from.">
        <Suspense fallback={<Skeleton className="h-96" />}>
          <LineageSection refOf={incident.ref} knownOn={asOf} />
        </Suspense>
      </Section>
      <Section
        id="exposure"
        title="Exposure by stage"
        note="What the model saw, stage by stage. What nobody accounts for is hatched."
      >
        {model ? (
          <>
            <ModelChoice models={incident.modelVersions} chosen={model.ref} searchParams={searchParams} />
            <Suspense key={model.ref} fallback={<Skeleton className="h-48" />}>
              <ExposureSection modelVersionRef={model.ref} knownOn={asOf} />
            </Suspense>
          </>
        ) : (
          <Unknown what="No model version is linked, so there is no training to show." />
        )}
      </Section>
      <Section
        id="hypotheses"
        title="Hypotheses"
        count={incident.hypotheses.length}
        note="Rival explanations, each with the evidence for and against it and who judged it how."
        actions={<OpenHypothesis incident={incident.ref} blocked={blocked} />}
      >
        {incident.hypotheses.length ? (
          <div className="grid items-start gap-4 lg:grid-cols-2">
            {incident.hypotheses.map((hypothesis) => (
              <HypothesisView key={hypothesis.id} hypothesis={hypothesis} blocked={blocked} />
            ))}
          </div>
        ) : (
          <Unknown what="No hypothesis has been opened." />
        )}
      </Section>
      <Section
        id="interventions"
        title="Interventions"
        count={incident.interventions.length}
        note="What was tried, and what it changed."
        actions={
          <RecordIntervention incident={incident.ref} blocked={blocked} figures={figuresOf(incident)} />
        }
      >
        {incident.interventions.length ? (
          <div className="flex flex-col gap-4">
            {incident.interventions.map((one) => (
              <InterventionView key={one.id} intervention={one} />
            ))}
          </div>
        ) : (
          <Unknown what="No intervention is recorded." />
        )}
      </Section>
      <Section
        id="evidence"
        title="Evidence"
        count={incident.evidence.length}
        actions={<AddEvidence incident={incident.ref} blocked={blocked} />}
      >
        {incident.evidence.length ? (
          <div className="flex flex-col gap-3">
            {incident.evidence.map((one) => (
              <EvidenceItemView key={one.id} evidence={one} signedIn={viewer.signedIn} />
            ))}
          </div>
        ) : (
          <Unknown what="No evidence is recorded." />
        )}
      </Section>
      <Section
        id="suspects"
        title="Suspects"
        count={incident.suspects.length}
        note="Data and training that somebody thinks is behind it."
        actions={<LinkIncident incident={incident.ref} blocked={blocked} />}
      >
        <SuspectTable suspects={incident.suspects} />
      </Section>
      <Section
        id="reports"
        title="Reports"
        count={incident.reports.length}
        actions={incident.key ? <DownloadReport incident={incident.key} /> : null}
      >
        <ReportList reports={incident.reports} />
        <OriginList origins={incident.origins} />
      </Section>
      <Section id="related" title="Related incidents" count={incident.related.length}>
        <RelatedList related={incident.related} />
      </Section>
      <Section id="timeline" title="Timeline">
        <Timeline events={incident.timeline.nodes} total={incident.timeline.totalCount} />
      </Section>
    </article>
  );
}
