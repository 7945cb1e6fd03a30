import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment PlottedRate on Measurement {
    id rate qualifier sampleCount exhibited unscored graderErrors excluded
    missingDataBounds { lower upper }
    interval { lower upper level method }
    behavior { name title }
    condition { id name description }
    grader { id name version }
    evalRun {
      ref label
      modelVersion { id ref label releasedAt model { name title developer } }
      evaluationVersion { id label evaluation { name } }
    }
    citation { ...CitationFacts }
  }
`);
