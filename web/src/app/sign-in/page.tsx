import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { loadProviders } from '@/features/account/load-providers.ts';
import { SignInForm } from '@/features/account/SignInForm.tsx';
import { one } from '@/features/catalogue/catalogue-state.ts';
import { loadViewer } from '@/features/shell/viewer.ts';
import { safeNext } from '@/navigation/paths.ts';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const [params, viewer, providers] = await Promise.all([searchParams, loadViewer(), loadProviders()]);
  const target = safeNext(one(params.next));
  const done = one(params.done);
  // What was done may concern another account than the one that this browser is signed in to.
  if (viewer.signedIn && viewer.reachable && !done) redirect(target);
  return <SignInForm next={target} providers={providers} error={one(params.error)} done={done} />;
}
