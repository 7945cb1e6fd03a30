import { Silent } from './Silent.tsx';

/** The axis under rows: a line up through them for each tick, and its text below. */
export function AxisTicks(props: {
  ticks: readonly { x: number; text: string }[];
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** A tick that stands out from the others, by its text: that where nothing differs. */
  strong?: string;
}) {
  const { left, right, top, bottom, strong } = props;
  return (
    <Silent>
      {props.ticks.map(({ x, text }) => (
        <g key={text}>
          <line
            x1={x}
            x2={x}
            y1={top}
            y2={bottom + 4}
            stroke={text === strong ? 'var(--line-strong)' : 'var(--line)'}
          />
          <text x={x} y={bottom + 16} textAnchor="middle" fill="var(--ink-3)">
            {text}
          </text>
        </g>
      ))}
      <line x1={left} x2={right} y1={bottom} y2={bottom} stroke="var(--line-strong)" />
    </Silent>
  );
}

/** A heading inside a picture, a line of text each. */
export function PictureHeading({ lines, y }: { lines: readonly string[]; y: number }) {
  return lines.map((line, index) => (
    <text key={line} x="0" y={y + index * 15} fontSize="12" fontWeight="600" fill="var(--ink)">
      {line}
    </text>
  ));
}
