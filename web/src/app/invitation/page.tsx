import type { Metadata } from 'next';
import { loadProviders } from '@/features/account/load-providers.ts';
import { AcceptInvitation } from '@/features/invitation/AcceptInvitation.tsx';

export const metadata: Metadata = { title: 'Join', referrer: 'no-referrer' };

/** The secret stands behind the #, so only the browser knows it: the rest happens there. */
export default async function Invitation() {
  return <AcceptInvitation providers={await loadProviders()} />;
}
