import type { Metadata } from 'next';
import { readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { InvitationResults } from '@/features/members/InvitationsPage.tsx';
import { InviteMember } from '@/features/members/InviteMember.tsx';
import { loadTeams } from '@/features/members/load-teams.ts';
import { MembersFrame } from '@/features/members/MembersFrame.tsx';

export const metadata: Metadata = { title: 'Invitations' };

export default async function Invitations({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [params, teams] = await Promise.all([searchParams, loadTeams()]);
  return (
    <MembersFrame here="invitations" actions={<InviteMember teams={teams} />}>
      <InvitationResults state={readCatalogueState(params)} />
    </MembersFrame>
  );
}
