// What can be shared, by its type in the schema, and who may.

import type { VisibilityWord } from '../lineage/node.ts';
import { may, type Permission, readsAsMember, readsEverything, type Scope, type Viewer } from './viewer.ts';

export const SHAREABLE = [
  'Incident',
  'Source',
  'DatasetVersion',
  'ModelVersion',
  'EvalRun',
  'Dataset',
  'Model',
  'Evaluation',
  'Evidence',
  'Hypothesis',
] as const;
export type Shareable = (typeof SHAREABLE)[number];

/** The scope that writes a thing also says who may see it. */
export const SCOPE_OF: Readonly<Record<Shareable, Scope>> = {
  Incident: 'write:incidents',
  Evidence: 'write:incidents',
  Hypothesis: 'write:incidents',
  Source: 'write:lineage',
  Dataset: 'write:lineage',
  DatasetVersion: 'write:lineage',
  Model: 'write:lineage',
  ModelVersion: 'write:lineage',
  Evaluation: 'write:evals',
  EvalRun: 'write:evals',
};

/** Who may see one thing, as it stands. */
export interface Shared {
  type: Shareable;
  id: bigint;
  visibility: VisibilityWord;
  teamId: bigint;
  actorId: bigint;
  audienceId: bigint | null;
  embargoedUntil: Date | null;
}

/** Whether it is the viewer's own or their team's, or they administer. */
export const isTheirs = (viewer: Viewer, { teamId, actorId }: Pick<Shared, 'teamId' | 'actorId'>): boolean =>
  viewer.kind !== 'anonymous' &&
  (viewer.actorId === actorId || viewer.teamIds.includes(teamId) || viewer.role === 'ADMINISTRATOR');

/** Whoever recorded a thing, their team and administrators say who may see it. */
export function mayShare(viewer: Viewer, thing: Pick<Shared, 'type' | 'teamId' | 'actorId'>): Permission {
  const permission = may(viewer, SCOPE_OF[thing.type]);
  if (!permission.allowed || viewer.kind === 'anonymous' || isTheirs(viewer, thing)) return permission;
  return {
    allowed: false,
    reason: 'Only whoever recorded this, their team and administrators say who may see it.',
  };
}

/**
 * Whether the viewer may be told with whom a thing is shared by name: whoever says so, as far as they see it, and who reads
 * everything.
 */
export const mayKnowNamed = (
  viewer: Viewer,
  { seen, ...thing }: Pick<Shared, 'type' | 'teamId' | 'actorId'> & { seen: boolean },
): boolean => readsAsMember(viewer) && seen && (readsEverything(viewer) || mayShare(viewer, thing).allowed);
