import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment ReachedNode on LineageNode {
    id
    ref
    kind
    label
    team { name }
  }
`);

/** What a node reached, a page of each kind at a time. */
export const ImpactListDocument = graphql(`
  query ImpactList(
    $ref: NodeRef!
    $knownOn: DateTime
    $first: Int!
    $incidents: String
    $evalRuns: String
    $modelVersions: String
    $datasetVersions: String
    $influenced: String
  ) {
    lineageNode(ref: $ref) {
      id
      ref
      kind
      label
      team { name }
      impact(knownOn: $knownOn) {
        knownOn
        incidents(first: $first, after: $incidents) {
          totalCount
          nodes { ...ReachedNode title severity status }
          pageInfo { hasNextPage endCursor }
        }
        evalRuns(first: $first, after: $evalRuns) {
          totalCount
          nodes { ...ReachedNode }
          pageInfo { hasNextPage endCursor }
        }
        modelVersions(first: $first, after: $modelVersions) {
          totalCount
          nodes { ...ReachedNode }
          pageInfo { hasNextPage endCursor }
        }
        datasetVersions(first: $first, after: $datasetVersions) {
          totalCount
          nodes { ...ReachedNode }
          pageInfo { hasNextPage endCursor }
        }
        influenced(first: $first, after: $influenced) {
          totalCount
          nodes { ...ReachedNode }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
`);

/** As many of each kind as one request asks for. */
export const IMPACT_PAGE = 100;
