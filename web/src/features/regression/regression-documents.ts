import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment RegressionConsequences on RegressionOutcome {
    consequences { action incident { id ref key title status } }
  }
`);

graphql(`
  fragment RegressionMeasured on Measurement {
    id rate qualifier sampleCount exhibited unscored graderErrors excluded retractedAt
    missingDataBounds { lower upper }
    interval { lower upper level method }
    condition { name }
    evalRun { ref label modelVersion { ref label } }
  }
`);

graphql(`
  fragment RegressionOutcomeRow on RegressionOutcome {
    id verdict lowerBound difference pValue correctedPValue testedTogether reasons recordedAt lookedBack
    rule { id title }
    measurement { ...RegressionMeasured }
    baseline { ...RegressionMeasured }
    ...RegressionConsequences
  }
`);

graphql(`
  fragment RegressionFound on RegressionPreview {
    matching
    outcomes {
      verdict lowerBound difference correctedPValue testedTogether reasons
      measurement { ...RegressionMeasured }
    }
  }
`);

export const PREVIEW = graphql(`
  query RegressionPreview($definition: RegressionRuleDefinitionInput!) {
    regressionPreview(definition: $definition) { ...RegressionFound }
  }
`);

export const LOOK_BACK = graphql(`
  query RegressionLookBack($rule: ID!, $since: DateTime!) {
    regressionLookBack(regressionRule: $rule, since: $since) { ...RegressionFound }
  }
`);
