import type { Change } from '../access/change.ts';
import { holdWidestOf } from '../access/hold-widest.ts';
import { narrowest } from '../access/narrowest.ts';
import { namespaceOf } from '../lineage/namespace-of.ts';
import type { VisibilityWord } from '../lineage/node.ts';

/**
 * How wide a version may be that a file's record makes: a file makes no dataset or model of the team visible to more
 * people than see it already, whatever was asked for. Registering a version by hand may (decision 11).
 */
export async function noWiderThanHeld(
  change: Change,
  kind: 'dataset' | 'model',
  name: string,
  visibility: VisibilityWord,
): Promise<VisibilityWord> {
  const held = await holdWidestOf(change, kind, await namespaceOf(change), name);
  return held === null ? visibility : narrowest(visibility, held);
}
