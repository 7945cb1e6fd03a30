import type { Metadata } from 'next';
import { ResetPassword } from '@/features/password-reset/ResetPassword.tsx';

export const metadata: Metadata = { title: 'Set a new password', referrer: 'no-referrer' };

/** The secret stands behind the #, so only the browser knows it: the rest happens there. */
export default function PasswordReset() {
  return <ResetPassword />;
}
