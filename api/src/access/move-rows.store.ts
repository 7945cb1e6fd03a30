// How rows change with a thing of which who may see it changes.
import { Prisma } from '../generated/prisma/client.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import type { Tx } from '../platform/database.ts';
import type { Viewer } from './viewer.ts';
import { visible } from './visibility.ts';

/** A change of who may see a row and, with it, whatever was seen by the same. */
export interface Move {
  /** Who makes it: to nobody else is opened what they don't see themselves. */
  viewer: Viewer;
  /** Who owns the thing that moves: in their sight alone stands what others said of it before it was shared. */
  ownerId: bigint;
  /** How widely that thing was seen: what is for fewer is not shown with it to those who are named on it. */
  shownAs: VisibilityWord;
  visibility: { from: VisibilityWord; to: VisibilityWord };
  audience: { from: bigint | null; to: bigint | null };
  /** Nobody sees more by it: so rows move that whoever makes it does not see, too. */
  narrows?: true;
}

/** A condition on a row, by the alias of its table. */
type Condition = (alias: string) => Prisma.Sql;

/** What of a move is for some rows otherwise than for most. */
export interface Bounds {
  /** Whose team a row `x` is not to be shown beyond: where it is another than its own, `TEAM` is `RESTRICTED` for it. */
  team?: Prisma.Sql;
  /** Whether a row `x` is opened where `moved` holds for what it goes with. */
  opens?: (moved: Condition) => Prisma.Sql;
}

const word = (visibility: VisibilityWord) => Prisma.sql`${visibility}::visibility`;

/** A visibility as it is for a row `x` that may be of another team than what it goes with. */
const within = (visibility: VisibilityWord, team: Prisma.Sql | undefined) =>
  team === undefined || visibility !== 'TEAM'
    ? word(visibility)
    : Prisma.sql`(case when x.team_id = ${team} then 'TEAM' else 'RESTRICTED' end)::visibility`;

/**
 * Changes the rows of a table that `of` selects: each in what it shared with the thing that moves, and none stays
 * wider than the thing. What was narrower keeps to itself: it is for fewer than those who are named on the thing.
 * Visibilities are ordered from the widest to the narrowest.
 */
export async function move(
  tx: Tx,
  table: string,
  of: Prisma.Sql,
  by: Move,
  { team, opens = (moved) => moved('x') }: Bounds = {},
): Promise<void> {
  const { ownerId, audience } = by;
  const mayMove: Condition = (x) => (by.narrows ? Prisma.sql`true` : visible(by.viewer, x));
  const [from, shownAs] = [within(by.visibility.from, team), within(by.shownAs, team)];
  const to = within(by.visibility.to, team);
  const sharedWith = (x: string) => {
    const row = Prisma.raw(x);
    return audience.from === null
      ? Prisma.sql`((${row}.audience_id is null or ${row}.audience_id = (
          select a.id from audience a where a.owner_alone and a.actor_id = ${ownerId})) and ${row}.visibility <= ${shownAs})`
      : Prisma.sql`(${row}.audience_id = ${audience.from}::bigint)`;
  };
  const asWide: Condition = (x) => Prisma.sql`(${Prisma.raw(x)}.visibility = ${from} and ${mayMove(x)})`;
  const shared: Condition = (x) => Prisma.sql`(${sharedWith(x)} and ${mayMove(x)})`;
  await tx.$executeRaw`
    update ${Prisma.raw(table)} x set
      visibility = case when ${asWide('x')} and ${opens(asWide)} then ${to} else greatest(x.visibility, ${to}) end,
      audience_id = case when ${shared('x')} and ${opens(shared)} then ${audience.to}::bigint else x.audience_id end
    where ${of} and (x.visibility = ${from} or x.visibility < ${to} or ${sharedWith('x')})`;
}

/**
 * Narrows the rows of a table that `of` selects, and opens none to anybody: who is named on the thing from now on may read
 * one only where all members did, and who was, no longer.
 */
export async function narrow(
  tx: Tx,
  table: string,
  of: Prisma.Sql,
  { visibility, audience }: Move,
  team: Prisma.Sql,
): Promise<void> {
  const to = within(visibility.to, team);
  const [before, after] = [audience.from, audience.to].map((id) => Prisma.sql`${id}::bigint`);
  await tx.$executeRaw`
    update ${Prisma.raw(table)} x set
      visibility = greatest(x.visibility, ${to}),
      audience_id = case
        when greatest(x.visibility, ${to}) <= 'MEMBERS' then x.audience_id
        when x.visibility <= 'MEMBERS' and not exists (
          select from audience a where a.id = x.audience_id and a.embargoed_until > now()) then ${after}
        when ${before} is not distinct from ${after} then x.audience_id
        when ${before} is null and is_unshared(x.audience_id) or x.audience_id = ${before} then null
        else x.audience_id end
    where ${of}`;
}
