// What whoever replaces a master key has to know before they remove an older one.
import type { Rewrapping } from '../incident/rewrap-evidence.ts';

/** `done` where nothing that is on record needs an older master key any more. */
export function rotationInWords(
  { rewrapped, unopened, older, complete }: Rewrapping,
  { inEnvironment }: { inEnvironment: boolean },
): { lines: string[]; done: boolean } {
  const lines = [`Wrapped the keys of ${objects(rewrapped)} under the newest master key.`];
  if (unopened > 0)
    lines.push(
      `${objects(unopened)} could not be opened, and ${unopened === 1 ? 'was' : 'were'} passed over: the log says which, and which master key is missing. Put it back if it is kept anywhere, and run this again.`,
    );
  if (older > 0)
    lines.push(`${objects(older)} still ${older === 1 ? 'names' : 'name'} another: keep the older keys.`);
  if (!complete)
    lines.push(
      'Changes that began earlier were still going on: keep the older keys, and run this again later.',
    );
  const done = older === 0 && complete;
  if (done)
    lines.push(
      `No sealed object names another: the older keys may be removed${inEnvironment ? RESTARTED : ''}.`,
    );
  return { lines, done };
}

/** What is read from the environment is read once, so a server may still wrap under what was the newest before. */
const RESTARTED =
  ' if every server was restarted with the new HEADWATER_EVIDENCE_KEY before this ran; else restart them, and run it again first';

const objects = (count: number) => `${count} sealed object${count === 1 ? '' : 's'}`;
