import { randomUUID } from 'node:crypto';
import type { Principal } from '../../api/src/access/viewer.ts';
import type { Db } from '../../api/src/platform/database.ts';

/** The person as a member of these teams, in this order, and of no others. */
export async function inTeams(
  records: Db,
  person: Principal,
  teamIds: readonly bigint[],
): Promise<Principal> {
  const { actorId } = person;
  await records.membership.deleteMany({ where: { actorId } });
  await records.membership.createMany({ data: teamIds.map((teamId) => ({ teamId, actorId })) });
  return { ...person, teamIds };
}

/** The person as a member of a team of their own. */
export async function inAnotherTeam(records: Db, person: Principal): Promise<Principal> {
  const name = `Team ${randomUUID()}`;
  const { id } = await records.team.create({
    data: { namespace: name.toLowerCase().replace(' ', '-'), name },
  });
  return inTeams(records, person, [id]);
}
