import { graphql } from '@/graphql/generated/index.ts';

export const SAMPLES = graphql(`
  query RunSamples(
    $ref: NodeRef!, $after: String, $outcome: String, $behavior: String, $condition: String, $search: String,
    $score: EvalSampleScoreFilter, $errorOnly: Boolean, $orderBy: EvalSampleOrder
  ) {
    lineageNode(ref: $ref) {
      __typename
      id
      ... on EvalRun {
        samples(
          first: 100, after: $after, outcome: $outcome, behavior: $behavior, condition: $condition,
          search: $search, score: $score, errorOnly: $errorOnly, orderBy: $orderBy
        ) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes { id sampleId epoch input target scores error limitReached conditions outcomes { behavior outcome } }
        }
      }
    }
  }
`);
