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

/** Refuses addresses that a browser should not be sent to: anything but http and https. */
export function checkUrl(url: string | null | undefined, path: InputPath): void {
  if (url == null) return;
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new InputRefusal(
      path,
      'This is no web address.',
      'an address that begins with https:// or http://',
    );
}
