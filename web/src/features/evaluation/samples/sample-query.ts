import 'server-only';
import { cache } from 'react';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';

const SAMPLE = graphql(`
  query SamplePage($ref: NodeRef!, $sampleId: String!, $epoch: Int!) {
    lineageNode(ref: $ref) {
      __typename
      id
      ... on EvalRun {
        ref name label
        modelVersion { ref label }
        evaluationVersion { label evaluation { name } }
        sample(sampleId: $sampleId, epoch: $epoch) {
          id sampleId epoch input target scores error limitReached
          outcomes { behavior outcome }
          judgements {
            outcome explanation
            measurement { id behavior { name title } grader { name version } }
          }
          previous { sampleId epoch }
          next { sampleId epoch }
        }
      }
    }
  }
`);

export const loadSample = cache((ref: string, sampleId: string, epoch: number) =>
  query(SAMPLE, { ref, sampleId, epoch }),
);
