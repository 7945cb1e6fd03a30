import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment ComparedScore on Score {
    id metric value standardError sampleCount
    interval { lower upper level method }
    condition { name }
    evalRun { ref label modelVersion { ref label } evaluationVersion { label } }
  }
`);

graphql(`
  fragment ComparedScores on ScoreComparison {
    one { ...ComparedScore }
    two { ...ComparedScore }
    comparability { comparable differences unknowns }
    verdict untested difference
    interval { lower upper level method }
    test pValue correctedPValue correction assumptions
  }
`);

export const SCORES_COMPARED = graphql(`
  query ScoresCompared($runs: [EvalRunPairInput!]!) {
    scoreComparisons(runs: $runs) {
      tested
      rows { ...ComparedScores }
      onlyInOne { ...ComparedScore }
      onlyInTwo { ...ComparedScore }
    }
  }
`);

export const RUNS_OF_MODEL = graphql(`
  query RunsOfModel($ref: NodeRef!) {
    lineageNode(ref: $ref) {
      __typename
      id
      label
      ref
      ... on ModelVersion {
        evalRuns(first: 100) {
          totalCount
          nodes { ref label evaluationVersion { id label evaluation { name } } }
        }
      }
    }
  }
`);
