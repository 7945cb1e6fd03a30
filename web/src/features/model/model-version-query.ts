import 'server-only';
import { cache } from 'react';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment TimelineRun on TrainingRun {
    id ref label stage objective startedFrom tokens occurredAt unaccounted
    citation { ...CitationFacts }
    inputs(knownOn: $knownOn) { share shareUpper tokens epochs node { id ref label } }
    initializedFrom { id ref label }
    rewardedBy { id ref label }
    distilledFrom { id ref label }
    outputs { id ref label }
  }
`);

const VERSION = graphql(`
  query ModelVersionPage($ref: NodeRef!, $knownOn: DateTime) {
    lineageNode(ref: $ref) {
      __typename
      id
      ... on ModelVersion {
        ref label version digest releasedAt trainedTokens visibility retractedAt
        sharing { ...SharingFacts }
        model { name title developer }
        citation { ...CitationFacts }
        revises { ref label }
        trainingRuns(knownOn: $knownOn) { ...TimelineRun }
        measurements { ...MeasurementRow }
        incidents(first: 50) { totalCount nodes { id ref key title severity status occurredAt } }
        evalRuns(first: 50) { totalCount nodes { id ref label startedAt status evaluationVersion { label } } }
        disputes(knownOn: $knownOn) { ...DisputeFacts }
        claims(knownOn: $knownOn) { ...ClaimRow }
        impact(knownOn: $knownOn) { ...ImpactParts }
      }
    }
  }
`);

export const loadModelVersion = cache((ref: string, knownOn: string | null) =>
  query(VERSION, { ref, knownOn }),
);
