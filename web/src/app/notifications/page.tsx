import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { NotificationsPage } from '@/features/notification/NotificationsPage.tsx';
import { loadViewer } from '@/features/shell/viewer.ts';
import { paths } from '@/navigation/paths.ts';

export const metadata: Metadata = { title: 'Notifications' };

export default async function Notifications({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [params, viewer] = await Promise.all([searchParams, loadViewer()]);
  if (!viewer.signedIn && viewer.reachable) redirect(paths.signIn(paths.notifications()));
  return (
    <NotificationsPage
      state={{ all: one(params.all) === '1', after: one(params.after), before: one(params.before) }}
    />
  );
}
