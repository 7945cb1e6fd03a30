import type { DrawnEdge } from '../collapse.ts';
import type { PlacedNode } from '../layout.ts';
import { EDGE_WORDS, shareRange } from '../lineage-words.ts';
import type { PictureNode } from '../picture-graph.ts';

/** What a line says in words, for whoever points at it. */
export function edgeTitle(
  edge: DrawnEdge,
  placed: ReadonlyMap<string, PlacedNode>,
  nodes: ReadonlyMap<string, PictureNode>,
): string {
  const name = (id: string) => {
    const box = placed.get(id);
    if (!box) return '';
    return box.folded ? `${box.members.length} nodes` : (nodes.get(id)?.label ?? '');
  };
  const share = edge.mass ? `, share ${shareRange(edge.share, edge.shareUpper)}` : '';
  const disputed = edge.edges.length > 1 ? `${edge.disputed} of ${edge.edges.length} disputed` : 'disputed';
  const marks = [edge.disputed ? disputed : '', edge.contracted ? 'through nodes not shown' : '']
    .filter(Boolean)
    .join(', ');
  const said = `${name(edge.downstream)} ${EDGE_WORDS[edge.kind]} ${name(edge.upstream)}${share}`;
  return marks ? `${said} (${marks})` : said;
}
