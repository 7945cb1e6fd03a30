import 'server-only';
import { cache } from 'react';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment ContentMeasurementRow on ContentMeasurement {
    id fraction lower upper level unit method methodVersion sampleSize measuredAt recordedAt
    tag { name description }
    citation { ...CitationFacts }
  }
`);

const VERSION = graphql(`
  query DatasetVersionPage($ref: NodeRef!, $knownOn: DateTime) {
    lineageNode(ref: $ref) {
      __typename
      id
      ... on DatasetVersion {
        ref label version digest documents rows bytes tokens license releasedAt recordedAt retractedAt visibility
        sharing { ...SharingFacts }
        dataset { name title description }
        citation { ...CitationFacts }
        revises { ref label }
        synthesizedBy { id ref label }
        compositions(knownOn: $knownOn) { ...CompositionWhole }
        transformation {
          ref label effect code occurredAt
          outputs { id ref label }
          compositions(knownOn: $knownOn) { ...CompositionWhole }
        }
        contentMeasurements(knownOn: $knownOn) { ...ContentMeasurementRow }
        disputes(knownOn: $knownOn) { ...DisputeFacts }
        claims(knownOn: $knownOn) { ...ClaimRow }
        impact(knownOn: $knownOn) { ...ImpactParts }
      }
    }
  }
`);

export const loadDatasetVersion = cache((ref: string, knownOn: string | null) =>
  query(VERSION, { ref, knownOn }),
);
