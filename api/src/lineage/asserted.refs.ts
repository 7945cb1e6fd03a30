// What every assertion tells of itself: by whom, from where, and since when.
import type { Context } from '../context.ts';
import { present } from '../platform/present.ts';
import { actorById, teamById } from './read-actors.ts';
import { nodeById } from './read-nodes.ts';
import { nodeOn } from './views.ts';

export const ASSERTED_BY = 'Who asserts it.';
export const TEAM = 'In whose name it is asserted.';
export const CITATION = 'Where it comes from.';
export const RECORDED = 'When Headwater learnt it.';
export const STATUS = 'How it stands on the date of the answer.';
export const DISPUTES = 'Who disagrees, as known on the date of the answer.';
export const RETRACTED = 'When it was taken back, as known on the date of the answer; null where it holds.';

export const actorOf = async (context: Context, id: bigint) =>
  present(await context.load(actorById, id), 'The actor');
export const teamOf = async (context: Context, id: bigint) =>
  present(await context.load(teamById, id), 'The team');
export const endOf = async (context: Context, id: bigint, on: Date) =>
  nodeOn(present(await context.load(nodeById, id), 'An end of an edge'), on);
