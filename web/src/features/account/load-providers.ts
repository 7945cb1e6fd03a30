import 'server-only';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import type { Provider } from './ProviderButtons.tsx';

const PROVIDERS = graphql(`
  query SignInProviders {
    signInProviders { id name }
  }
`);

/** The providers to offer; none where the API is not reachable, which the page says anyway. */
export async function loadProviders(): Promise<Provider[]> {
  const answer = await query(PROVIDERS);
  return answer.kind === 'data' ? answer.data.signInProviders : [];
}
