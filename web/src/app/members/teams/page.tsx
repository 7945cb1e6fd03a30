import type { Metadata } from 'next';
import { readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { MembersFrame } from '@/features/members/MembersFrame.tsx';
import { CreateTeam } from '@/features/members/TeamActions.tsx';
import { TeamResults } from '@/features/members/TeamsPage.tsx';

export const metadata: Metadata = { title: 'Teams' };

export default async function Teams({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  return (
    <MembersFrame here="teams" actions={<CreateTeam />}>
      <TeamResults state={readCatalogueState(params)} />
    </MembersFrame>
  );
}
