'use client';

import { signOut } from 'next-auth/react';
import { paths } from '../navigation/paths.ts';

/** Ends the session at the API, clears the cookie, and starts afresh, so that no page of before stays behind. */
export async function signOutHere(): Promise<void> {
  await signOut({ redirect: false });
  window.location.assign(paths.home());
}
