import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AccountPage } from '@/features/account/AccountPage.tsx';
import { one, readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { loadViewer } from '@/features/shell/viewer.ts';
import { paths } from '@/navigation/paths.ts';

export const metadata: Metadata = { title: 'Your account' };

export default async function Account({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [params, viewer] = await Promise.all([searchParams, loadViewer()]);
  if (!viewer.signedIn && viewer.reachable) redirect(paths.signIn(paths.account()));
  return (
    <AccountPage state={readCatalogueState(params)} error={one(params.error)} linked={one(params.linked)} />
  );
}
