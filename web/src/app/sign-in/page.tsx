import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '@/features/account/SignInForm.tsx';
import { loadViewer } from '@/features/shell/viewer.ts';
import { safeNext } from '@/navigation/paths.ts';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const [{ next }, viewer] = await Promise.all([searchParams, loadViewer()]);
  const target = safeNext(Array.isArray(next) ? next[0] : next);
  if (viewer.signedIn && viewer.reachable) redirect(target);
  return <SignInForm next={target} />;
}
