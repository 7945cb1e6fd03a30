import type { Metadata } from 'next';
import { readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { CreateServiceAccount } from '@/features/members/CreateServiceAccount.tsx';
import { loadTeams } from '@/features/members/load-teams.ts';
import { MembersFrame } from '@/features/members/MembersFrame.tsx';
import { ServiceAccountResults } from '@/features/members/ServiceAccountsPage.tsx';

export const metadata: Metadata = { title: 'Service accounts' };

export default async function ServiceAccounts({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [params, teams] = await Promise.all([searchParams, loadTeams()]);
  return (
    <MembersFrame here="service-accounts" actions={<CreateServiceAccount teams={teams} />}>
      <ServiceAccountResults state={readCatalogueState(params)} />
    </MembersFrame>
  );
}
