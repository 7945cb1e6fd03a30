import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { insertActor } from '../../api/src/access/access.store.ts';
import { type Principal, ROLE_SCOPES } from '../../api/src/access/viewer.ts';
import { readConfig } from '../../api/src/config.ts';
import type { Services } from '../../api/src/context.ts';
import { buildSchema } from '../../api/src/graphql/schema.ts';
import { requestContext } from '../../api/src/request-context.ts';
import { openServices } from '../../api/src/services.ts';
import { keyOf, runStory, SeedError } from './run-story.ts';
import { STORIES } from './stories/stories.ts';
import type { Story } from './story.ts';

/** In whose name the example data is recorded. */
export const SEED_ACTOR = 'Headwater example data';

/** Far enough that a start cut off half-way can be gone on with at any time. */
const NEVER = new Date('9999-01-01T00:00:00Z');

/** How far it is: `done` of `total` steps, over all stories. */
export type OnStep = (done: number, total: number, story: string) => void;

/**
 * Loads the example data, once: does nothing where it is loaded already, and goes on where an earlier try was cut
 * off. Throws a SeedError that names the story and the step where the data does not fit; what was recorded before
 * it stays, and the next try goes on from there.
 */
export async function seedExampleData(
  services: Services,
  onStep: OnStep = () => {},
  stories: readonly Story[] = STORIES,
): Promise<void> {
  const installation = await services.db.installation.findUniqueOrThrow({ where: { id: 1 } });
  if (installation.seededAt !== null) return;
  const schema = buildSchema();
  const viewer = await principal(services);
  const total = stories.reduce((sum, story) => sum + story.steps.length, 0);
  let done = 0;
  for (const story of stories) {
    let index = 0;
    await runStory(
      schema,
      () => requestContext(services, viewer),
      story,
      async () => {
        await services.db.idempotency.updateMany({
          where: { actorId: viewer.actorId, key: keyOf(story, index) },
          data: { expiresAt: NEVER },
        });
        index += 1;
        done += 1;
        onStep(done, total, story.name);
      },
    );
  }
  await services.db.installation.update({ where: { id: 1 }, data: { seededAt: new Date() } });
}

/** The actor of the example data, made at the first try. */
async function principal({ db }: Services): Promise<Principal> {
  const known = await db.actor.findFirst({
    where: { kind: 'SYSTEM', name: SEED_ACTOR },
    orderBy: { id: 'asc' },
    select: { id: true, membershipAsActor: { select: { teamId: true } } },
  });
  const { actorId, teamIds } =
    known === null
      ? await insertActor(db, { kind: 'SYSTEM', name: SEED_ACTOR, email: null, role: 'ADMINISTRATOR' }).then(
          (made) => ({ actorId: made.actorId, teamIds: [made.teamId] }),
        )
      : { actorId: known.id, teamIds: known.membershipAsActor.map(({ teamId }) => teamId) };
  return {
    kind: 'principal',
    actorId,
    actorKind: 'SYSTEM',
    name: SEED_ACTOR,
    role: 'ADMINISTRATOR',
    teamIds,
    scopes: new Set(ROLE_SCOPES.ADMINISTRATOR),
    sessionId: null,
    tokenId: null,
  };
}

/** `prisma db seed`: loads the example data into the database of DATABASE_URL. */
async function main(): Promise<void> {
  const { databaseUrl, dataFolder, evidence } = readConfig(process.env);
  if (databaseUrl === null) throw new SeedError('DATABASE_URL is not set.');
  const services = await openServices({ databaseUrl, dataFolder, evidence });
  try {
    await seedExampleData(services);
  } finally {
    await services.close();
  }
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
