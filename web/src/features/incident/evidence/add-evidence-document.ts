import { graphql } from '@/graphql/generated/index.ts';

export const ADD_EVIDENCE = graphql(`
  mutation AddEvidence($input: AddEvidenceInput!) {
    addEvidence(input: $input) {
      __typename
      ... on AddEvidenceSuccess { evidence { id } }
      ...WriteFailure
    }
  }
`);
