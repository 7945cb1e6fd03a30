import 'server-only';
import { cache } from 'react';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment GraderCard on GraderVersion {
    id name version kind prompt parser owner approvedBy
    model { ref label }
    citation { ...CitationFacts }
    standardVersion {
      id label text url authors publishedAt
      standard { title kind }
      approvals { by decision comment at citation { ...CitationFacts } }
      citation { ...CitationFacts }
    }
  }
`);

graphql(`
  fragment ImportReport on Import {
    id format fileName digest bytes status error warnings recordedAt
    importedBy { name }
    rulesToPropose { scorer }
    progress { refused }
    file { bytes restricted reveals { id reason at by { name } } }
    rereading { ...Rereading }
    readings { id same at by { name } changes { run subject before after } }
    ...ImportFields
  }
`);

const RUN = graphql(`
  query EvalRunPage($ref: NodeRef!, $knownOn: DateTime) {
    lineageNode(ref: $ref) {
      __typename
      id
      ... on EvalRun {
        ref label name status startedAt epochs sampleCount visibility retractedAt
        sharing { ...SharingFacts }
        evaluationVersion { label evaluation { name title } conditions { id name description factors } }
        modelVersion { ref label }
        citation { ...CitationFacts }
        measurements(knownOn: $knownOn) { ...MeasurementRow ...RecordedJudgement }
        retractedMeasurements { ...RecordedJudgement }
        scores {
          id metric value standardError sampleCount higherIsBetter note
          interval { lower upper level method }
          condition { name }
          grader { name version }
          citation { ...CitationFacts }
        }
        graders { ...GraderCard }
        testedOn { id ref label }
        statedDatasets { ...StatedDatasetFacts }
        judgedBy { id ref label }
        incidents(first: 20) { totalCount nodes { id ref key title severity status } }
        samples(first: 0) { totalCount }
        sampleOutcomes { behavior outcome count }
        sampleConditions { condition count }
        sampleScores { scorer part value count }
        import { ...ImportReport }
        disputes(knownOn: $knownOn) { ...DisputeFacts }
        claims(knownOn: $knownOn) { ...ClaimRow }
      }
    }
  }
`);

export const loadEvalRun = cache((ref: string, knownOn: string | null) => query(RUN, { ref, knownOn }));
