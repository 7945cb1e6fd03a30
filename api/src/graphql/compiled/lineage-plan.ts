import type { EdgeGroup } from '../../lineage/kinds.ts';
import { DEFAULT_VIA } from '../../lineage/kinds.ts';
import { wholeUpstream } from '../../lineage/resident/whole-upstream.ts';
import { resolveRefIfAny } from '../../lineage/resolve-refs.ts';
import { sightOn } from '../../lineage/source-on.ts';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../../lineage/traversal.ts';
import { LineageAnswer } from './lineage-answer.ts';
import { GRAPH_FIELDS, NODE_FIELDS } from './lineage-writer.ts';
import { below, type Fields, objectWriter } from './object-writer.ts';
import type { Plan, Shape } from './plan.ts';
import { LeftToTheOrdinaryPath, type Selected, type Variables } from './selected.ts';

interface Asked {
  via: readonly EdgeGroup[];
  limit: number;
  knownOn: Date | null;
}

/** The arguments of a lineage that memory answers whole; others are left to the ordinary path. */
function asked(field: Selected, variables: Variables): Asked {
  const { direction, via, kinds, maxDepth, limit, knownOn } = field.args(variables);
  const groups = (via as EdgeGroup[] | null | undefined) ?? DEFAULT_VIA;
  const most = (limit as number | null | undefined) ?? DEFAULT_LIMIT;
  if (direction !== 'UPSTREAM' || kinds != null || maxDepth != null || !groups.includes('DATA'))
    throw new LeftToTheOrdinaryPath('a part of a lineage');
  if (most < 1 || most > MAX_LIMIT) throw new LeftToTheOrdinaryPath('a limit that is refused');
  return { via: groups, limit: most, knownOn: (knownOn as Date | null | undefined) ?? null };
}

/** `lineageNode(ref:) { … lineage(…) { nodes {…} edges {…} } }`, once, whole and from memory. */
export const lineageShape: Shape = (field): Plan => {
  const selected = below(field);
  const lineages = selected.filter(({ name }) => name === 'lineage');
  const [lineage, ...more] = lineages;
  if (lineage === undefined || more.length > 0) throw new LeftToTheOrdinaryPath('no lineage, or several');
  const { retractedAt: _, ...always } = NODE_FIELDS;
  const fields: Fields<LineageAnswer> = {
    ...always,
    lineage: (of) => objectWriter(below(of), GRAPH_FIELDS),
  };
  const write = objectWriter(selected, fields);
  const shown = below(lineage).map(({ name }) => name);
  return async (context, variables, rows) => {
    const { via, limit, knownOn } = asked(lineage, variables);
    const { ref } = field.args(variables);
    const [root, on] = await Promise.all([
      resolveRefIfAny(context, ref as string, ['ref']),
      context.knownOn(knownOn),
    ]);
    if (root === null) return 'null';
    const sight = await sightOn(context, on);
    const upstream = sight && wholeUpstream(sight, root.id, via, limit);
    if (!upstream) throw new LeftToTheOrdinaryPath('not whole in memory');
    for (const name of shown) if (name === 'nodes' || name === 'edges') rows(upstream[name].length);
    const [start] = upstream.nodes;
    return write(new LineageAnswer(upstream, sight, on, context.ids), start!);
  };
};
