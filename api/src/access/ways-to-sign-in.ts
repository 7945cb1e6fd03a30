// By what somebody can sign in, and what of it may be taken away.
import type { Permission } from './viewer.ts';

export interface WaysToSignIn {
  hasPassword: boolean;
  /** Issuers of the identities that are linked. */
  linked: readonly string[];
  /** Issuers that are providers of this installation: an identity of another opens nothing. */
  providers: readonly string[];
}

/** The identities of an issuer are unlinked as long as something else opens the account. */
export function mayUnlink(ways: WaysToSignIn, issuer: string): Permission {
  const others = ways.linked.filter((one) => one !== issuer && ways.providers.includes(one));
  if (ways.hasPassword || others.length > 0) return { allowed: true, reason: null };
  return {
    allowed: false,
    reason:
      'It is the last way to sign in to this account: link another provider first, or ask an administrator for a link by which to set a password.',
  };
}
