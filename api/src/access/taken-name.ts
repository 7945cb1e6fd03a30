import { ConflictRefusal, type InputPath } from '../platform/refusal.ts';

/** What is told of a name in the namespace of a team's own that it is taken. */
export const taken = (name: string) => `The name "${name}" is taken in your team's namespace.`;

/**
 * How a name is refused whose holder in the team the writer may not see: that it is taken may be known within a team
 * (LINEAGE, Visibility), and nothing else of what holds it, such as which versions that has.
 */
export const takenName = (path: InputPath, name: string) => new ConflictRefusal(path, taken(name));
