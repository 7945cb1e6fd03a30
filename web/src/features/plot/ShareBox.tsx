import { hatchPath } from './hatch.ts';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What is unaccounted for: hatched, in every picture. */
export function HatchedBox(box: Box) {
  return (
    <>
      <rect {...box} fill="var(--sunken)" stroke="var(--line-strong)" />
      <path d={hatchPath(box)} stroke="var(--hatch)" fill="none" />
    </>
  );
}

/** A share in its colour, with dots where a model wrote the text. */
export function ColouredBox({ color, written, ...box }: Box & { color: string; written?: boolean }) {
  return (
    <>
      <rect {...box} fill={color} />
      {written ? <Dots {...box} /> : null}
    </>
  );
}

const STEP = 7;

/** Dots over a colour, as a dashed line each: as many elements as rows of them. */
function Dots({ x, y, width, height }: Box) {
  const rows = Math.max(1, Math.floor(height / STEP));
  if (width < STEP) return null;
  return Array.from({ length: rows }, (_, row) => {
    const at = y + (height / rows) * (row + 0.5);
    return (
      <line
        key={at}
        x1={x + STEP / 2}
        x2={x + width - STEP / 2}
        y1={at}
        y2={at}
        stroke="var(--surface)"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeDasharray={`0 ${STEP}`}
      />
    );
  });
}
