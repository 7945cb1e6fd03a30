interface Ticks {
  left: number;
  right: number;
  rateTicks: readonly { share: number; text: string }[];
}

/** Rates upwards, with a line across for each; and below, what they are drawn over. */
export function RateAxes({
  panel: { top, bottom },
  layout,
  along,
}: {
  panel: { top: number; bottom: number };
  layout: Ticks;
  along: readonly { x: number; text: string }[];
}) {
  const inner = bottom - top - 12;
  return (
    <>
      {layout.rateTicks.map(({ share, text }) => {
        const y = bottom - 6 - share * inner;
        return (
          <g key={text}>
            <line x1={layout.left} x2={layout.right} y1={y} y2={y} stroke="var(--line)" />
            <text x={layout.left - 6} y={y + 4} textAnchor="end" fill="var(--ink-3)">
              {text}
            </text>
          </g>
        );
      })}
      <line x1={layout.left} x2={layout.right} y1={bottom} y2={bottom} stroke="var(--line-strong)" />
      {along.map(({ x, text }) => (
        <g key={x}>
          <line x1={x} x2={x} y1={bottom} y2={bottom + 5} stroke="var(--line-strong)" />
          <text x={x} y={bottom + 17} textAnchor="middle" fill="var(--ink-3)">
            {text}
          </text>
        </g>
      ))}
    </>
  );
}
