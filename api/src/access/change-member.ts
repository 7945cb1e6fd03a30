import type { Whom } from '../audit-log/event.ts';
import { ConflictRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { revokeSessions } from './access.store.ts';
import type { Change } from './change.ts';
import { revokeInvitationsOf } from './invitation.store.ts';
import {
  countAdministrators,
  type MemberRow,
  selectMember,
  updateDisabled,
  updateName,
  updateRole,
} from './member.store.ts';
import { mayDisable, mayEnable, mayGrant, mayTakeRole } from './members.ts';
import { revokePasswordResets } from './password-reset.store.ts';
import type { Permission, Role } from './viewer.ts';

const QUIET = { visibility: 'RESTRICTED' } as const;

export async function memberOr404(change: Change, id: bigint, path = 'member'): Promise<MemberRow> {
  const member = await selectMember(change.tx, id);
  if (member === null) throw new NotFoundRefusal([path], 'There is no such member.');
  return member;
}

/** How an event tells of a member. */
export const whom = (
  { context }: Pick<Change, 'context'>,
  { id, name }: Pick<MemberRow, 'id' | 'name'>,
): Whom => ({
  member: name,
  memberId: context.ids.encode('Actor', id),
});

export function demand(permission: Permission, path: string): void {
  if (!permission.allowed) throw new ConflictRefusal([path], permission.reason ?? 'This may not be done.');
}

/** Gives a member another role; it holds from their next request on, for their sessions and tokens alike. */
export async function changeMemberRole(
  change: Change,
  input: { member: bigint; role: Role },
): Promise<{ member: bigint }> {
  const member = await memberOr404(change, input.member);
  demand(mayGrant(change.by, input.role), 'role');
  demand(mayTakeRole(member, input.role, await countAdministrators(change.tx)), 'role');
  await updateRole(change.tx, member.id, input.role);
  // A link is an administrator's word, and this one has lost it.
  if (member.role === 'ADMINISTRATOR') await revokeLinksOf(change, member.id);
  const event = {
    type: 'MEMBER_ROLE_CHANGED',
    ...whom(change, member),
    from: member.role,
    to: input.role,
  } as const;
  await change.event(event, QUIET);
  return { member: member.id };
}

async function revokeLinksOf(change: Change, maker: bigint): Promise<void> {
  await revokeInvitationsOf(change.tx, maker);
  await revokePasswordResets(change.tx, { by: maker });
}

/** Ends the account's sessions for good; its tokens rest, and work again when it is enabled. */
export async function disableMember(change: Change, id: bigint): Promise<{ member: bigint }> {
  const member = await memberOr404(change, id);
  demand(mayDisable(member, await countAdministrators(change.tx)), 'member');
  await updateDisabled(change.tx, id, true);
  // Links before sessions, as where one is used: the two would else wait for one another.
  await revokeLinksOf(change, id);
  await revokePasswordResets(change.tx, { of: id });
  await revokeSessions(change.tx, id);
  await change.event({ type: 'MEMBER_DISABLED', ...whom(change, member) }, QUIET);
  return { member: id };
}

export async function enableMember(change: Change, id: bigint): Promise<{ member: bigint }> {
  const member = await memberOr404(change, id);
  demand(mayEnable(member), 'member');
  demand(mayGrant(change.by, member.role), 'member');
  await updateDisabled(change.tx, id, false);
  await change.event({ type: 'MEMBER_ENABLED', ...whom(change, member) }, QUIET);
  return { member: id };
}

export async function revokeMemberSessions(
  change: Change,
  id: bigint,
): Promise<{ member: bigint; revoked: number }> {
  const member = await memberOr404(change, id);
  const revoked = await revokeSessions(change.tx, id);
  const event = { type: 'MEMBER_SESSIONS_REVOKED', ...whom(change, member), sessions: revoked } as const;
  await change.event(event, QUIET);
  return { member: id, revoked };
}

/** The viewer's own name, as it stands beside what they record. */
export async function updateProfile(change: Change, input: { name: string }): Promise<{ actor: bigint }> {
  const name = checkedName(input.name, 'name');
  await updateName(change.tx, change.by.actorId, name);
  await change.event({ type: 'PROFILE_CHANGED', name }, QUIET);
  return { actor: change.by.actorId };
}

const LONGEST_NAME = 200;

export function checkedName(text: string, path: string): string {
  const name = text.trim().replace(/\s+/g, ' ');
  if (name !== '' && name.length <= LONGEST_NAME) return name;
  throw new InputRefusal([path], 'A name is needed.', `1 to ${LONGEST_NAME} characters`);
}
