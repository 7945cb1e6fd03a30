import { InputRefusal } from '../platform/refusal.ts';

/** More than any lineage of one thing that a person could read; a guard for memory. */
export const MOST_NODES = 1_000_000;

/** All that a search found. InputRefusal where it found more than `most`: an answer from a part would be a wrong one. */
export function whole(ids: bigint[], most = MOST_NODES): bigint[] {
  if (ids.length <= most) return ids;
  throw tooMuch(most);
}

export function tooMuch(most = MOST_NODES): InputRefusal {
  return new InputRefusal(
    [],
    `This leads to more than ${most.toLocaleString('en')} things, too many to be looked at at once.`,
    'a thing of which less is reached, or its lineage, which is read in parts',
  );
}
