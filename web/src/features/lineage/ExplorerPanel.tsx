'use client';

import type { ExplorerState } from './explorer-state.ts';
import { growthText } from './growth.ts';
import { EdgePeek } from './peek/EdgePeek.tsx';
import { NodePeek } from './peek/NodePeek.tsx';
import { usePanelFocus } from './peek/use-panel-focus.ts';
import type { PictureEdge, PictureGraph } from './picture-graph.ts';
import type { OpenBox } from './use-marks.ts';

type ExplorerPanelProps = {
  graph: PictureGraph;
  box: OpenBox | null;
  edges: PictureEdge[];
  revealed: ReadonlySet<string>;
  state: ExplorerState;
  busy: boolean;
  change: (to: Partial<ExplorerState>) => void;
};

/** The panel of what is open, a node or a link; what is done in it changes the view. */
export function ExplorerPanel(props: ExplorerPanelProps) {
  const { box, edges } = props;
  const subject = edges.length > 0 ? `edge ${edges[0]?.id}` : `box ${box?.members.join(' ')}`;
  return (
    <div ref={usePanelFocus(subject)} className="min-w-0">
      <Opened {...props} />
    </div>
  );
}

function Opened(props: ExplorerPanelProps) {
  const { graph, box, edges, state, change } = props;
  const onClose = () => change({ at: null, edge: null });
  if (edges.length > 0) {
    return (
      <EdgePeek graph={graph} edges={edges} onNode={(at) => change({ at, edge: null })} onClose={onClose} />
    );
  }
  if (!box) return null;
  const drawnOut = !box.folded && box.members.some((id) => props.revealed.has(id));
  return (
    <NodePeek
      graph={graph}
      box={box}
      knownOn={state.asOf}
      grown={state.grown}
      busy={props.busy}
      onGrow={(growth) => {
        const others = state.grown.filter(
          (g) => growthText({ ...g, all: false }) !== growthText({ ...growth, all: false }),
        );
        change({ grown: [...others, growth] });
      }}
      onShrink={(ref) => change({ grown: state.grown.filter((g) => g.ref !== ref) })}
      onDraw={(refs) => change({ drawn: [...new Set([...state.drawn, ...refs])] })}
      onDrawAll={(ref) => change({ unfolded: [...new Set([...state.unfolded, ref])] })}
      onFold={drawnOut ? () => change({ drawn: [], unfolded: [] }) : null}
      onEdge={(edge) => change({ edge, at: null })}
      onPath={(end, ref) => change({ [end]: ref })}
      onClose={onClose}
    />
  );
}
