/** Headwater cannot start or go on, for a reason that one sentence tells; the command prints it and exits with 1. */
export class StartRefusal extends Error {}
