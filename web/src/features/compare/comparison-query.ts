import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment ComparedRate on Measurement {
    ...PlottedRate
    bootstrapInterval(resamples: $resamples, seed: $seed) @include(if: $bootstrap) { lower upper level method }
  }
`);

graphql(`
  fragment ComparedRates on MeasurementComparison {
    one { ...ComparedRate }
    two { ...ComparedRate }
    comparability { comparable differences unknowns }
    verdict paired pairing itemsInOne itemsInTwo itemsInBoth itemsCompared
    itemsOfOtherInput itemsOfUnknownInput
    rateOne rateTwo difference
    interval { lower upper level method }
    test pValue midPValue correctedPValue correction
    missingDataBounds { lower upper }
    assumptions
  }
`);

export const RUN_COMPARISON = graphql(`
  query CompareEvalRuns(
    $one: NodeRef!, $two: NodeRef!, $bootstrap: Boolean!, $resamples: Int!, $seed: Int!
  ) {
    evalRunComparison(one: $one, two: $two) {
      one { ...ComparedRun }
      two { ...ComparedRun }
      tested correction
      rows { ...ComparedRates }
      onlyInOne { ...PlottedRate }
      onlyInTwo { ...PlottedRate }
    }
  }
`);

graphql(`
  fragment ComparedRun on EvalRun {
    id ref label startedAt sampleCount epochs
    modelVersion { ref label }
    evaluationVersion { id label evaluation { name } }
    graders { name version }
  }
`);

export const SIDE = graphql(`
  query ComparedSide($ref: NodeRef!) {
    lineageNode(ref: $ref) {
      __typename
      id
      label
      ref
      ... on ModelVersion {
        evalRuns(first: 50) { totalCount nodes { id ref label evaluationVersion { id label } } }
      }
    }
  }
`);
