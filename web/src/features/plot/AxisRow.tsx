import type { ReactNode } from 'react';
import { Mark } from './Mark.tsx';

/** Where the columns of a picture of rows are: names, an axis, figures. */
export interface RowColumns {
  width: number;
  left: number;
  right: number;
  figureX: number;
}

/** One row of it: its name and its figure, and the middle of what is drawn on the axis. */
export interface PlacedRow {
  label: string;
  labelY: number;
  figure: string;
  figureY: number;
  y: number;
}

/** In a narrow picture names and figures stand above the axis, not beside it. */
export const isNarrow = ({ width }: Pick<RowColumns, 'width'>): boolean => width < 600;

/** How far below the axis a narrow row can be pointed at. */
const BELOW = 13;

/** A row of a picture: where it can be pointed at, its name, a dotted rule for the eye, what is drawn, its figure. */
export function AxisRow(props: {
  row: PlacedRow;
  columns: RowColumns;
  /** How high the row is where it can be pointed at: the next one begins after it. */
  reach: number;
  says: string;
  href?: string;
  linkText?: string;
  /** A second, smaller line under the figure. */
  below?: { text: string; y: number } | null;
  children: ReactNode;
}) {
  const { row, columns, reach, below } = props;
  const { left, right, figureX } = columns;
  const narrow = isNarrow(columns);
  const figureEnds = narrow ? 'end' : 'start';
  return (
    <Mark says={props.says} href={props.href} linkText={props.linkText}>
      <rect
        x="0"
        y={narrow ? row.y - reach + BELOW : row.y - reach / 2}
        width={columns.width}
        height={reach}
        fill="transparent"
      />
      <text x={narrow ? 0 : left - 12} y={row.labelY} textAnchor={narrow ? 'start' : 'end'} fill="var(--ink)">
        {row.label}
      </text>
      <line
        x1={left + 6}
        x2={right - 6}
        y1={row.y}
        y2={row.y}
        stroke="var(--line-strong)"
        strokeDasharray="1 4"
      />
      {props.children}
      <text x={figureX} y={row.figureY} textAnchor={figureEnds} fill="var(--ink-2)">
        {row.figure}
      </text>
      {below ? (
        <text x={figureX} y={below.y} textAnchor={figureEnds} fontSize="10" fill="var(--ink-3)">
          {below.text}
        </text>
      ) : null}
    </Mark>
  );
}
