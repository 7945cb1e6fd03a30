'use client';

import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { forgetInvitation, holdInvitation } from '@/auth/invitation-cookie.ts';
import { Button } from '@/ui/Button.tsx';
import { Notice } from '@/ui/Notice.tsx';

export interface Provider {
  id: string;
  name: string;
}

/** One button a provider. With `invitation`, its account is made by that. */
export function ProviderButtons(props: {
  providers: readonly Provider[];
  next: string;
  ready: boolean;
  invitation?: string;
}) {
  const [leaving, setLeaving] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const go = async (provider: Provider) => {
    setLeaving(provider.id);
    setFailed(false);
    if (props.invitation) holdInvitation(props.invitation);
    else forgetInvitation();
    // The page is left where it succeeds, so that the button stays busy until then.
    await signIn(provider.id, { callbackUrl: props.next }).catch(() => {
      setLeaving(null);
      setFailed(true);
    });
  };
  return (
    <div className="flex flex-col gap-2">
      {failed ? (
        <Notice tone="danger" role="alert">
          Headwater is not reachable, so the provider was not asked. Try again in a moment.
        </Notice>
      ) : null}
      {props.providers.map((provider) => (
        <Button
          key={provider.id}
          size="lg"
          busy={leaving === provider.id}
          disabled={!props.ready || leaving !== null}
          onClick={() => void go(provider)}
        >
          {props.invitation ? 'Join with' : 'Sign in with'} {provider.name}
        </Button>
      ))}
    </div>
  );
}
