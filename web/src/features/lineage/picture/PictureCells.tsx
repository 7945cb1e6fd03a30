import { memo } from 'react';
import type { DrawnEdge } from '../collapse.ts';
import type { PlacedNode } from '../layout.ts';
import { PictureBox, type PictureBoxProps } from '../PictureBox.tsx';
import { alike } from './cells.ts';
import type { EdgeLook } from './line-look.ts';
import { EdgeLine } from './PictureEdges.tsx';
import type { PictureMarks, PictureModel } from './picture-model.ts';

type CellProps<T> = {
  things: readonly T[];
  model: PictureModel;
  marks: PictureMarks;
  lit: ReadonlySet<string> | null;
};

type EdgeCellProps = CellProps<DrawnEdge> & { onGround: boolean; onOpen: (id: string) => void };
/** Parts beside one another: what one of them becomes lets those of other rows be. */
type RowProps<P extends { things: unknown }> = Omit<P, 'things'> & {
  things: readonly { key: string; things: P['things'] }[];
};

/** The lines of one part of the picture. */
const EdgeCell = memo(function EdgeCell(props: EdgeCellProps) {
  const { things, model, marks, lit, onGround, onOpen } = props;
  return (
    <g>
      {things.map((edge) => (
        <EdgeLine
          key={edge.id}
          edge={edge}
          model={model}
          look={lookOf(edge.id, marks, lit)}
          onGround={onGround}
          mark={marks.edgeMarks.get(edge.id) ?? null}
          onOpen={onOpen}
        />
      ))}
    </g>
  );
}, alike);

export const EdgeRow = memo(
  ({ things, ...shared }: RowProps<EdgeCellProps>) => (
    <g>
      {things.map((part) => (
        <EdgeCell key={part.key} things={part.things} {...shared} />
      ))}
    </g>
  ),
  alike,
);

type BoxCellProps = CellProps<PlacedNode> &
  Pick<PictureBoxProps, 'onPoint' | 'onOpen' | 'onKeyDown'> &
  Record<'selected' | 'reachable' | 'pointed', string | null>;

/** The boxes of one part of the picture. */
const BoxCell = memo(function BoxCell(props: BoxCellProps) {
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

export const BoxRow = memo(
  ({ things, ...shared }: RowProps<BoxCellProps>) => (
    <g>
      {things.map((part) => (
        <BoxCell key={part.key} things={part.things} {...shared} />
      ))}
    </g>
  ),
  alike,
);

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
