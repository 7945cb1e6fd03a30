import type { Metadata } from 'next';
import { CatalogueSearch } from '@/features/catalogue/Catalogue.tsx';
import { readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { InviteMember } from '@/features/members/InviteMember.tsx';
import { loadTeams } from '@/features/members/load-teams.ts';
import { MembersFrame } from '@/features/members/MembersFrame.tsx';
import { PeopleResults } from '@/features/members/PeoplePage.tsx';
import { paths } from '@/navigation/paths.ts';

export const metadata: Metadata = { title: 'Members' };

export default async function Members({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [params, teams] = await Promise.all([searchParams, loadTeams()]);
  const state = readCatalogueState(params);
  return (
    <MembersFrame here="people" actions={<InviteMember teams={teams} />}>
      <CatalogueSearch action={paths.members()} label="Search people" state={state} />
      <PeopleResults state={state} />
    </MembersFrame>
  );
}
