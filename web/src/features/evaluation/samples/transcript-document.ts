import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment TranscriptRow on TranscriptMessage {
    index role source model tool callId error
    parts { kind text name callId cut }
  }
`);

graphql(`
  fragment TranscriptVerdict on TranscriptScore {
    scorer value answer explanation metadata
    history { value answer explanation author reason at }
  }
`);

export const TRANSCRIPT = graphql(`
  query Transcript($id: ID!, $reveal: ID, $from: Int!) {
    node(id: $id) {
      __typename
      id
      ... on EvalSample {
        transcript(reveal: $reveal) {
          unavailable
          revealedBy { id fileName }
          messageCount
          messages(from: $from, first: 1000) { ...TranscriptRow }
          input target error limit cuts
          scores { ...TranscriptVerdict }
          modelUsage { model inputTokens outputTokens totalTokens }
        }
      }
    }
  }
`);
