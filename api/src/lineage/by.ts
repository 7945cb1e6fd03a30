/** In whose name, and by whom, something is recorded. */
export interface By {
  teamId: bigint;
  actorId: bigint;
}
