import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment ScoreTestFacts on ScoreTest { values atLeast above atMost below }
`);

graphql(`
  fragment ScoringVersion on ScoringRuleVersion {
    id number status meaning note builtIn confirmedAt comment recordedAt retractedAt
    proposedBy { name }
    confirmedBy { name }
    definition {
      behavior scorer key graderErrorKey conditionArgs
      behaviorByTaskArg { argument otherwise behaviors { value behavior } }
      exhibited { ...ScoreTestFacts }
      notExhibited { ...ScoreTestFacts }
      unscored { ...ScoreTestFacts }
      excluded { ...ScoreTestFacts }
      graderError { ...ScoreTestFacts }
    }
  }
`);

export const PREVIEW = graphql(`
  query ScoringPreview($evalRun: NodeRef!, $definition: ScoringDefinitionInput, $scoringRuleVersion: ID) {
    scoringPreview(evalRun: $evalRun, definition: $definition, scoringRuleVersion: $scoringRuleVersion) {
      problem
      outcomes {
        scorer behavior condition exhibited notExhibited unscored graderErrors excluded unnamedCount
        unnamed { value count }
      }
    }
  }
`);
