import { oneLine } from '../platform/file-name.ts';
// Which providers people may sign in with, beside their password.

export interface OidcSettings {
  /** As the provider names itself: `iss` has to be this, to the letter. */
  issuer: string;
  clientId: string;
  /** What the button says after "Sign in with". */
  name: string;
  /** E-mail domains for whose verified addresses the provider's word is enough to join, or to take an account. */
  domains: readonly string[];
}

export interface GithubSettings {
  clientId: string;
  clientSecret: string;
  /** https://github.com, or a GitHub Enterprise server. */
  url: string;
}

export interface SignInSettings {
  oidc: OidcSettings | null;
  github: GithubSettings | null;
}

export const PASSWORD_ONLY: SignInSettings = { oidc: null, github: null };

export interface SignInProvider {
  id: 'oidc' | 'github';
  name: string;
  /** What its identities are kept under. */
  issuer: string;
}

export function providersOf(settings: SignInSettings): SignInProvider[] {
  const providers: SignInProvider[] = [];
  const { oidc, github } = settings;
  if (oidc) providers.push({ id: 'oidc', name: oidc.name, issuer: oidc.issuer });
  if (github) providers.push({ id: 'github', name: 'GitHub', issuer: github.url });
  return providers;
}

/** Who a provider says somebody is, once its word has been checked. */
export interface ProvenIdentity {
  issuer: string;
  subject: string;
  name: string | null;
  /** An address only where the provider says that it verified it. */
  verifiedEmail: string | null;
  /** Whether the operator trusts the provider for addresses of this domain. */
  isOwnDomain: boolean;
}

const LONGEST_NAME = 200;

/** What a provider calls a person, as it can be kept and shown; null where it says nothing that could be. */
export function givenName(said: string | null | undefined): string | null {
  const name = oneLine(said ?? '').slice(0, LONGEST_NAME);
  return name.replace(/[\ud800-\udbff]$/, '').trim() || null;
}

export function isOfDomain(email: string | null, domains: readonly string[]): boolean {
  const domain = email?.split('@').at(-1)?.toLowerCase();
  return domain !== undefined && domains.includes(domain);
}
