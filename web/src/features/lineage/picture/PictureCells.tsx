import { memo } from 'react';
import type { DrawnEdge } from '../collapse.ts';
import type { PlacedNode } from '../layout.ts';
import { PictureBox, type PictureBoxProps } from '../PictureBox.tsx';
import { alike } from './cells.ts';
import { EdgeLine, type EdgeLook } from './PictureEdges.tsx';
import type { PictureMarks, PictureModel } from './picture-model.ts';

type CellProps<T> = {
  things: readonly T[];
  model: PictureModel;
  marks: PictureMarks;
  lit: ReadonlySet<string> | null;
};

/** The lines of one part of the picture. */
export const EdgeCell = memo(function EdgeCell(
  props: CellProps<DrawnEdge> & { onOpen: (id: string) => void },
) {
  const { things, model, marks, lit, onOpen } = props;
  return (
    <g>
      {things.map((edge) => (
        <EdgeLine
          key={edge.id}
          edge={edge}
          model={model}
          look={lookOf(edge.id, marks, lit)}
          mark={marks.edgeMarks.get(edge.id) ?? null}
          onOpen={onOpen}
        />
      ))}
    </g>
  );
}, alike);

type BoxCellProps = CellProps<PlacedNode> &
  Pick<PictureBoxProps, 'onPoint' | 'onOpen' | 'onKeyDown'> &
  Record<'selected' | 'reachable' | 'pointed', string | null>;

/** The boxes of one part of the picture. */
export const BoxCell = memo(function BoxCell(props: BoxCellProps) {
  const { things, model, marks, lit, selected, reachable, pointed, ...handlers } = props;
  return (
    <g>
      {things.map((node) => (
        <PictureBox
          key={node.id}
          node={node}
          members={model.members.get(node.id) ?? NOBODY}
          shares={model.shares}
          root={node.members.includes(model.root)}
          selected={node.id === selected}
          look={boxLook(node.id, marks, lit)}
          added={marks.added.has(node.id)}
          open={marks.open.has(node.id)}
          tabIndex={node.id === reachable ? 0 : -1}
          pointed={node.id === pointed}
          {...handlers}
        />
      ))}
    </g>
  );
}, alike);

const NOBODY: never[] = [];

function lookOf(id: string, marks: PictureMarks, lit: ReadonlySet<string> | null): EdgeLook {
  if (marks.selectedEdge === id) return 'selected';
  if (marks.path) return marks.path.edges.has(id) ? 'path' : 'dim';
  if (!lit) return 'plain';
  return lit.has(id) ? 'lit' : 'dim';
}

function boxLook(id: string, marks: PictureMarks, lit: ReadonlySet<string> | null): 'plain' | 'dim' | 'path' {
  if (marks.path) return marks.path.nodes.has(id) ? 'path' : 'dim';
  return lit && !lit.has(id) ? 'dim' : 'plain';
}
