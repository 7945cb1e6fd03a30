import type { Change } from './change.ts';
import { type Held, holdEvaluationVersion, holdFamily, holdNodes } from './held.store.ts';
import { narrowest, withinTeam } from './narrowest.ts';

/**
 * How wide something may be that the change's team records of these nodes, and of an evaluation version: nobody shows them to
 * fewer until it is there to be narrowed with them.
 */
export async function holdWidest(
  { tx, teamId }: Change,
  of: { nodes?: readonly bigint[]; evaluationVersion?: bigint },
): Promise<Held['visibility']> {
  const versions =
    of.evaluationVersion === undefined ? [] : await holdEvaluationVersion(tx, of.evaluationVersion);
  const nodes = of.nodes === undefined ? [] : await holdNodes(tx, of.nodes);
  return narrowest(...[...versions, ...nodes].map((held) => withinTeam(held, teamId)));
}

/** How wide the narrowest of these nodes is, whoever's they are; the same holds. */
export const holdNarrowest = async ({ tx }: Change, nodes: readonly bigint[]): Promise<Held['visibility']> =>
  narrowest(...(await holdNodes(tx, nodes)).map(({ visibility }) => visibility));

/** The same of a dataset or model that a namespace has under a name; null where there is none. */
export const holdWidestOf = async (
  { tx }: Change,
  kind: 'dataset' | 'model',
  namespace: string,
  name: string,
): Promise<Held['visibility'] | null> => (await holdFamily(tx, kind, namespace, name))?.visibility ?? null;
