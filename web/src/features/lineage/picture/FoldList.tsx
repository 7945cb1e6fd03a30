import { percent } from '../../../ui/numbers.ts';
import { cutText } from '../fit-text.ts';
import { FOLD_LINE, FOLD_LISTED, NODE_HEIGHT } from '../layout.ts';
import type { PictureNode } from '../picture-graph.ts';

/** The largest members of a fold, written into its box. */
export function FoldList(props: {
  members: readonly PictureNode[];
  shares: ReadonlyMap<string, number>;
  box: { x: number; y: number; width: number };
}) {
  const { shares, box } = props;
  const most = Math.max(...props.members.map((m) => shares.get(m.id) ?? 0), 1e-9);
  const bar = 56;
  return (
    <g fontSize="10.5" fill="var(--ink-2)">
      {props.members.slice(0, FOLD_LISTED).map((m, index) => {
        const y = box.y + NODE_HEIGHT + 8 + index * FOLD_LINE;
        const share = shares.get(m.id);
        return (
          <g key={m.id}>
            <text x={box.x + 12} y={y}>
              {cutText(m.label, box.width - bar - 68, 5.9)}
            </text>
            {share === undefined ? null : (
              <>
                <rect
                  x={box.x + box.width - bar - 50}
                  y={y - 7}
                  width={Math.max(1.5, (share / most) * bar)}
                  height="6"
                  rx="1.5"
                  fill="var(--accent)"
                  fillOpacity="0.55"
                />
                <text x={box.x + box.width - 10} y={y} textAnchor="end">
                  {percent(share)}
                </text>
              </>
            )}
          </g>
        );
      })}
    </g>
  );
}
