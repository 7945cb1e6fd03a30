import { commonTeam, insertActorInto } from './access.store.ts';
import type { Change } from './change.ts';
import { checkedName, demand } from './change-member.ts';
import { mayGrant } from './members.ts';
import { teamOr404 } from './teams.ts';
import type { Role } from './viewer.ts';

/** An account for a program: it has a role and a team as people have, and nothing but tokens to sign in with. */
export async function createServiceAccount(
  change: Change,
  input: { name: string; role: Role; team: bigint | null },
): Promise<{ member: bigint }> {
  const name = checkedName(input.name, 'name');
  demand(mayGrant(change.by, input.role), 'role');
  const team = await teamOr404(change, input.team ?? (await commonTeam(change.tx)));
  const made = await insertActorInto(
    change.tx,
    { kind: 'SERVICE', name, email: null, role: input.role },
    team.id,
  );
  if (made === null) throw new Error('An account without an address was refused for its address.');
  const memberId = change.context.ids.encode('Actor', made.actorId);
  const event = {
    type: 'SERVICE_ACCOUNT_CREATED',
    name,
    memberId,
    role: input.role,
    team: team.name,
  } as const;
  await change.event(event, { visibility: 'RESTRICTED' });
  return { member: made.actorId };
}
