import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTeams } from '../../testkit/in-teams.ts';
import { type EvidenceWorld, evidenceWorld, LARGEST } from './world.ts';

// A file that goes out slowly, while the right to it ends.
let world: EvidenceWorld;
/** What a store waits for before each piece but the first. */
let meanwhile: () => Promise<unknown> = async () => {};

beforeAll(async () => {
  world = await evidenceWorld({
    services: (own) => {
      const { vault } = own;
      const slow = Object.create(vault, {
        get: {
          value: async function* (...of: Parameters<typeof vault.get>) {
            for await (const piece of vault.get(...of)) {
              yield piece;
              await meanwhile();
            }
          },
        },
      });
      return { ...own, vault: slow };
    },
  });
});
afterAll(() => world.close());

/** How many bytes of evidence come through where something happens after its first piece. */
async function received(path: string, token: string, happens: () => Promise<unknown>): Promise<number> {
  let done = false;
  meanwhile = async () => {
    if (done) return;
    done = true;
    await happens();
    await setTimeout(600);
  };
  const response = await world.get(path, token);
  expect(response.status).toBe(200);
  let bytes = 0;
  try {
    for await (const piece of response.body!) bytes += piece.length;
  } catch (error) {
    expect(String(error)).toContain('terminated');
  }
  return bytes;
}

const file = () => randomBytes(LARGEST);

describe('a file that is on its way', () => {
  it('goes out whole, where all stays as it is', async () => {
    const id = await world.added(file());
    expect(await received(id, world.reporterToken, async () => {})).toBe(LARGEST);
  });

  it.each([
    [
      'the token is revoked',
      (actorId: bigint) => world.api.records.$executeRaw`
      update api_token set revoked_at = now() where actor_id = ${actorId}`,
    ],
    [
      'the account is disabled',
      (actorId: bigint) => world.api.records.$executeRaw`
      update actor set disabled_at = now() where id = ${actorId}`,
    ],
    [
      'they leave the team whose it is',
      (actorId: bigint) => world.api.records.$executeRaw`
      delete from membership where actor_id = ${actorId}`,
    ],
  ])('ends where %s', async (_what, happens) => {
    const id = await world.added(file(), { visibility: 'TEAM' });
    const colleague = await inTeams(
      world.api.records,
      await world.api.person('REPORTER'),
      world.reporter.teamIds,
    );
    const token = await world.tokenOf(colleague);
    expect(await received(id, token, () => happens(colleague.actorId))).toBeLessThan(LARGEST);
  });

  it('ends where it is narrowed', async () => {
    const id = await world.added(file(), { visibility: 'MEMBERS' });
    const narrow = () =>
      world.run(world.reporter, 'shareWith', { target: id, visibility: 'TEAM' }, 'shared { id }');
    expect(await received(id, world.strangerToken, narrow)).toBeLessThan(LARGEST);
  });

  it('goes out whole where it was opened with a reason whose time is over meanwhile', async () => {
    const id = await world.added(file(), { sensitivity: 'HAZARDOUS' });
    const { actorId, teamIds } = world.reporter;
    const evidenceId = world.services.ids.decode(id)!.id;
    const soon = new Date(Date.now() + 2_000);
    const reason = 'To see whether it is what it says.';
    const { id: reveal } = await world.api.records.evidenceReveal.create({
      data: { evidenceId, reason, teamId: teamIds[0]!, actorId, expiresAt: soon },
    });
    const path = `${id}?reveal=${world.services.ids.encode('EvidenceReveal', reveal)}`;
    const over = () => setTimeout(soon.getTime() - Date.now());
    expect(await received(path, world.reporterToken, over)).toBe(LARGEST);
    expect((await world.get(path)).status).toBe(403);
  });
});
