import type { Context } from '../context.ts';
import { loadsOne } from '../platform/loader.ts';
import type { PageArguments } from '../platform/page.ts';
import { authorise } from './change.ts';
import { countAdministrators, type MemberRow, pageOfMembers, selectMembers } from './member.store.ts';
import { may } from './viewer.ts';

export function members(
  context: Context,
  kind: 'PERSON' | 'SERVICE',
  search: string | null,
  args: PageArguments,
) {
  authorise(context, 'admin');
  return pageOfMembers(context, kind, search, args);
}

export const memberById = loadsOne<Context, MemberRow>('memberById', async (context, ids) => {
  const { viewer } = context;
  if (viewer.kind === 'anonymous') return new Map();
  const isAdministrator = may(viewer, 'admin').allowed;
  const isOwn = (id: bigint) => id === viewer.actorId && viewer.tokenId === null;
  const seen = ids.filter((id) => isAdministrator || isOwn(id));
  return new Map((await selectMembers(context.db, seen)).map((row) => [row.id, row]));
});

/** The account that the request speaks for; null for an anonymous caller and for a tool. */
export async function ownAccount(context: Context): Promise<MemberRow | null> {
  const { viewer } = context;
  if (viewer.kind === 'anonymous' || viewer.tokenId !== null) return null;
  return context.load(memberById, viewer.actorId);
}

/** Counted once a request, however many members are listed. */
const administrators = loadsOne<Context, number>('administrators', async (context, keys) => {
  const count = await countAdministrators(context.db);
  return new Map(keys.map((key) => [key, count]));
});

export const administratorCount = async (context: Context): Promise<number> =>
  (await context.load(administrators, 0n)) ?? 0;

export type { MemberRow } from './member.store.ts';
