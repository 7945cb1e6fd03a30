import 'server-only';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment AgreementFacts on GraderAgreement {
    samplesRead complete
    subjects {
      about graders items alpha note
      behavior { name title }
      pairs { one two items agreed kappa note interval { lower upper level method } }
    }
  }
`);

const AGREEMENT = graphql(`
  query GraderAgreement($ref: NodeRef!) {
    lineageNode(ref: $ref) {
      ... on EvalRun { graderAgreement { ...AgreementFacts } }
    }
  }
`);

/** How far the graders of a run agree: asked beside the page, which stands without it. */
export const loadAgreement = (ref: string) => query(AGREEMENT, { ref });
