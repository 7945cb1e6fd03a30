import { graphql } from '@/graphql/generated/index.ts';

/** One model version's exposure, stage by stage. */
export const ExposureDocument = graphql(`
  query Exposure($ref: NodeRef!, $by: ExposureGrouping!, $knownOn: DateTime) {
    lineageNode(ref: $ref) {
      __typename
      id
      label
      ... on ModelVersion {
        exposure(by: $by, knownOn: $knownOn) {
          knownOn
          grouping
          tokens
          stages {
            stage
            recorded
            tokens
            averaged
            scaled
            unaccounted
            unaccountedUpper
            compositions
            trainingRun {
              id
              ref
              label
              objective
              citation { source url locator certainty quote note }
            }
            modelVersion { label ref }
            shares {
              share
              shareUpper
              tokens
              source { ref label }
              datasetVersion { ref label }
              contentTag { id name }
              generatedBy { ref label }
            }
            losses {
              reason
              share
              node { ref label }
              sources { ref label }
            }
          }
        }
      }
    }
  }
`);
