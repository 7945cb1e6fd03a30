import { graphql } from '@/graphql/generated/index.ts';

export const ACCOUNT = graphql(`
  query Account($after: String, $before: String, $first: Int, $last: Int) {
    viewer {
      scopes
      identities { issuer linkedAt canUnlink { allowed reason } }
      account { id name email role hasPassword createdAt teams { id name namespace } }
    }
    signInProviders { id name issuer }
    watches { ...WatchRow }
    sessions { id current userAgent address createdAt lastUsedAt expiresAt }
    apiTokens(first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes { ...TokenRow }
    }
  }
  fragment TokenRow on ApiToken {
    id name prefix scopes createdAt expiresAt lastUsedAt revokedAt
  }
`);
