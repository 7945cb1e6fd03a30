'use client';

import { useState } from 'react';
import { signOutHere } from '@/auth/sign-out.ts';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { useToast } from '@/ui/Toast.tsx';

/** Signs out; `dialog` is what is said, and asked, where the session could not be ended. */
export function useSignOut() {
  const say = useToast();
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const leave = async (anyway: boolean) => {
    setBusy(true);
    const came = await signOutHere({ anyway });
    // What comes next is another page, which this one waits for.
    if (came === 'signed out') return;
    setBusy(false);
    if (came === 'session open') setFailed(true);
    else say('You are still signed in: Headwater is not reachable. Try again.');
  };
  const dialog = (
    <Dialog title="You are not signed out" open={failed} onOpenChange={setFailed} busy={busy}>
      <div role="alert" className="flex flex-col gap-2 text-sm">
        <p>The Headwater API could not be asked to end your session, so it is still open.</p>
        <p>
          You can sign out of this browser anyway. The session then stays open until it runs out, or until you
          sign in again and end it under Your account.
        </p>
      </div>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button busy={busy} onClick={() => void leave(true)}>
          Sign out of this browser anyway
        </Button>
        <Button look="primary" busy={busy} onClick={() => void leave(false)}>
          Try again
        </Button>
      </div>
    </Dialog>
  );
  return { leave: () => void leave(false), dialog };
}
