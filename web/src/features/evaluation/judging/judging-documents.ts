import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment RecordedJudgement on Measurement {
    id judged rate sampleCount recordedAt retractedAt retractionReason
    retractedBy { name }
    behavior { name title }
    condition { name }
    grader { name version }
  }
`);

export const SAMPLES_TO_JUDGE = graphql(`
  query SamplesToJudge($ref: NodeRef!, $condition: String, $after: String) {
    lineageNode(ref: $ref) {
      __typename
      id
      ... on EvalRun {
        samples(first: 100, after: $after, condition: $condition) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes { id sampleId epoch }
        }
      }
    }
  }
`);

export const PERSON_NAMED = graphql(`
  query PersonNamed($name: String!) {
    grader(name: $name) { id name versions { id version kind prompt } }
  }
`);

export const REGISTER_PERSON = graphql(`
  mutation RegisterPerson($input: RegisterGraderInput!) {
    registerGrader(input: $input) {
      __typename
      ... on RegisterGraderSuccess { graderVersion { id name version } }
      ...WriteFailure
    }
  }
`);

export const JUDGE_SAMPLES = graphql(`
  mutation JudgeSamples($input: JudgeSamplesInput!) {
    judgeSamples(input: $input) {
      __typename
      ... on JudgeSamplesSuccess { measurement { id rate sampleCount } }
      ...WriteFailure
    }
  }
`);

export const RETRACT_JUDGEMENT = graphql(`
  mutation RetractJudgement($input: RetractJudgementInput!) {
    retractJudgement(input: $input) {
      __typename
      ... on RetractJudgementSuccess { measurement { id } }
      ...WriteFailure
    }
  }
`);
