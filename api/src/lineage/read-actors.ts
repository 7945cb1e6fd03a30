import type { Context } from '../context.ts';
import { loadsOne } from '../platform/loader.ts';
import { selectActors, selectTeams } from './parties.store.ts';
import type { ActorRow, TeamRow } from './records.ts';

export const actorById = loadsOne<Context, ActorRow>(
  'actorById',
  async (context, ids) => new Map((await selectActors(context.db, ids)).map((row) => [row.id, row])),
);

export const teamById = loadsOne<Context, TeamRow>(
  'teamById',
  async (context, ids) => new Map((await selectTeams(context.db, ids)).map((row) => [row.id, row])),
);
