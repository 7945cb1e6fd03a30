import { graphql } from '@/graphql/generated/index.ts';

/** The whole lineage of one node, as the picture and the table need it; details of a node are asked for when it is opened. */
export const LineageDocument = graphql(`
  query Lineage($ref: NodeRef!, $direction: LineageDirection!, $knownOn: DateTime, $limit: Int!) {
    lineageNode(ref: $ref) {
      id
      label
      kind
      lineage(direction: $direction, knownOn: $knownOn, limit: $limit) {
        knownOn
        root { id }
        nodes {
          __typename
          id
          ref
          kind
          label
          recordedAt
          retractedAt
          ... on TrainingRun { stage startedFrom trainedTokens: tokens }
          ... on Transformation { effect }
        }
        edges {
          id
          kind
          downstream { id }
          upstream { id }
          amount
          unit
          epochs
          share
          shareUpper
          contracted
          status
          recordedAt
          retractedAt
          assertedBy { name }
          citation { source url locator certainty quote note }
          disputes { statement by { name } shareLower shareUpper }
        }
        unaccounted { node { id } share shareUpper reason }
        truncated { reason frontier { ref label } }
      }
    }
  }
`);

/** What the panel beside the picture says of one node. */
export const LineagePeekDocument = graphql(`
  query LineagePeek($ref: NodeRef!, $knownOn: DateTime) {
    lineageNode(ref: $ref) {
      __typename
      id
      claims(knownOn: $knownOn) {
        id
        property
        value
        assertedBy { name }
        citation { source url locator certainty quote note }
      }
      ... on Source { sourceTitle: title description url license }
      ... on DatasetVersion {
        license
        documents
        rows
        tokens
        releasedAt
        citation { source url locator certainty quote note }
      }
      ... on Transformation { effect occurredAt }
      ... on TrainingRun {
        stage
        objective
        startedFrom
        tokens
        occurredAt
        citation { source url locator certainty quote note }
      }
      ... on ModelVersion {
        trainedTokens
        releasedAt
        citation { source url locator certainty quote note }
      }
      ... on EvalRun {
        evaluationVersion { label }
        startedAt
        sampleCount
        citation { source url locator certainty quote note }
      }
      ... on Incident { incidentTitle: title severity incidentStatus: status occurredAt }
    }
  }
`);
