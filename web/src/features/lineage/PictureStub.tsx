import { memo } from 'react';
import { percent } from '../../ui/numbers.ts';
import type { PlacedStub } from './layout.ts';
import { REASON_WORDS } from './lineage-words.ts';
import { STUB_CORNER } from './picture/box-look.ts';

function stubShare(stub: PlacedStub): string {
  const low = percent(stub.share);
  const high = percent(stub.shareUpper);
  return low === high ? low : `${low.replace('%', '')}–${high}`;
}

/** The hatched end of a line: how much of a node's data nothing accounts for, and why. */
export const PictureStub = memo(function PictureStub(props: {
  stub: PlacedStub;
  path: { d: string; width: number } | undefined;
  dim: boolean;
}) {
  const { stub, path } = props;
  return (
    <g opacity={props.dim ? 0.25 : 1}>
      <title>{`${stubShare(stub)} unaccounted: ${REASON_WORDS[stub.reason]}`}</title>
      {path ? (
        <path d={path.d} fill="none" stroke="url(#lineage-hatch)" strokeWidth={Math.max(3, path.width)} />
      ) : null}
      <rect
        x={stub.x}
        y={stub.y}
        width={stub.width}
        height={stub.height}
        rx={STUB_CORNER}
        fill="url(#lineage-hatch)"
        stroke="var(--line-strong)"
        strokeDasharray="4 3"
      />
      <rect
        x={stub.x + 8}
        y={stub.y + 3}
        width={stub.width - 16}
        height={stub.height - 6}
        rx="4"
        fill="var(--surface)"
        opacity="0.9"
      />
      <text x={stub.x + 14} y={stub.y + 14.5} fontSize="11.5" fontWeight="600" fill="var(--ink)">
        {stubShare(stub)} unaccounted
      </text>
      <text x={stub.x + 14} y={stub.y + 27} fontSize="10.5" fill="var(--ink-2)">
        {REASON_WORDS[stub.reason]}
      </text>
    </g>
  );
});
