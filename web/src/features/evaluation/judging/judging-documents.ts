import { graphql } from '@/graphql/generated/index.ts';

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
