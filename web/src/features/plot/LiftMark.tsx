interface Look {
  x: number;
  y: number;
  colour: string;
  /** Where chance does not explain it. */
  filled: boolean;
}

const paint = ({ colour, filled }: Look) => ({
  fill: filled ? colour : 'var(--surface)',
  stroke: colour,
  strokeWidth: '2',
});

/** How many times as often, where it stands. */
export const LiftMark = (look: Look) => <circle cx={look.x} cy={look.y} r="5" {...paint(look)} />;

/** The same where it stands beyond the picture. */
export function LiftArrow({ right, ...look }: Look & { right: boolean }) {
  const { x, y } = look;
  const [tip, foot] = right ? [x + 8, x - 3] : [x - 8, x + 3];
  return (
    <polygon
      points={`${tip},${y} ${foot},${y - 6} ${foot},${y + 6}`}
      strokeLinejoin="round"
      {...paint(look)}
    />
  );
}
