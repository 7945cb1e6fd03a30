// For whom a statement runs, as the database is told it.

/** The value of the setting `headwater.viewer`: 'all', an actor with their teams as '12 {1,4}', or '' for the anonymous. */
export type Rights = string & { readonly rights: unique symbol };

export const SEES_ALL = 'all' as Rights;
export const SEES_PUBLIC = '' as Rights;

/** The rights of an actor who is in these teams. */
export function memberRights(actorId: bigint, teamIds: readonly bigint[]): Rights {
  return `${actorId} {${teamIds.join(',')}}` as Rights;
}
