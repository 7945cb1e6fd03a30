import type { Change } from '../access/change.ts';
import { type InputPath, InputRefusal } from '../platform/refusal.ts';
import type { CitationInput } from './inputs.ts';
import type { VisibilityWord } from './node.ts';
import { insertCitationRow } from './record.store.ts';

/** Records where something comes from, as widely visible as that; null where nothing is given. */
export async function recordCitation(
  change: Change,
  input: CitationInput | null | undefined,
  path: InputPath,
  visibility: VisibilityWord | null = 'MEMBERS',
): Promise<bigint | null> {
  if (input == null) return null;
  if (input.source.trim() === '')
    throw new InputRefusal([...path, 'source'], 'The source is empty.', 'the title of a source');
  checkUrl(input.url, [...path, 'url']);
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  return insertCitationRow(change.tx, by, input, visibility ?? 'MEMBERS');
}

/** Characters that are not seen, or turn the text around them: an address that holds one is not what it seems. */
const UNSEEN = /[\p{C}\p{Z}]/u;

/** Refuses addresses that a browser should not be sent to: anything but http and https, and what is disguised. */
export function checkUrl(address: string | null | undefined, path: InputPath): void {
  if (address == null) return;
  const expected = 'an address that begins with https:// or http://';
  if (!/^https?:\/\//i.test(address) || UNSEEN.test(address) || !URL.canParse(address))
    throw new InputRefusal(path, 'This is no web address.', expected);
  const url = new URL(address);
  if (url.username !== '' || url.password !== '')
    throw new InputRefusal(path, 'This address has a name or a password before its host.', expected);
}
