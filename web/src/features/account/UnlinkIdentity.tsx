'use client';

import { ActionDialog } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import type { AccountQuery } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';

const UNLINK = graphql(`
  mutation UnlinkIdentity($input: UnlinkIdentityInput!) {
    unlinkIdentity(input: $input) {
      __typename
      ... on UnlinkIdentitySuccess { revoked }
      ...WriteFailure
    }
  }
`);

/** A button that asks first; disabled, with the reason, where it is the last way in or the session is not fresh. */
export function UnlinkIdentity(props: {
  name: string;
  identity: AccountQuery['viewer']['identities'][number];
  blocked: string | null;
}) {
  const { name, identity } = props;
  const { write, busy, failure } = useWrite(UNLINK, 'unlinkIdentity', { keyless: true });
  return (
    <ActionDialog
      button="Unlink"
      buttonLabel={`Unlink ${name}`}
      buttonProps={{ size: 'sm', look: 'danger' }}
      title={`Unlink ${name}?`}
      description={`You can no longer sign in with ${name}, until you link it anew. Your other sessions that were opened with it end now; this one goes on, and so do those opened another way, which you can end below.`}
      blocked={identity.canUnlink.reason ?? props.blocked}
      submit="Unlink"
      submitLook="danger"
      done={`Unlinked ${name}.`}
      busy={busy}
      failure={failure}
      onSubmit={async () => Boolean(await write({ issuer: identity.issuer }))}
    />
  );
}
