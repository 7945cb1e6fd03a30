'use client';

import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { forgetInvitation, holdInvitation } from '@/auth/invitation-cookie.ts';
import { Button } from '@/ui/Button.tsx';

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
  const go = (provider: Provider) => {
    setLeaving(provider.id);
    if (props.invitation) holdInvitation(props.invitation);
    else forgetInvitation();
    void signIn(provider.id, { callbackUrl: props.next });
  };
  return (
    <div className="flex flex-col gap-2">
      {props.providers.map((provider) => (
        <Button
          key={provider.id}
          size="lg"
          busy={leaving === provider.id}
          disabled={!props.ready || leaving !== null}
          onClick={() => go(provider)}
        >
          {props.invitation ? 'Join with' : 'Sign in with'} {provider.name}
        </Button>
      ))}
    </div>
  );
}
