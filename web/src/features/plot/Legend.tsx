import { LiftArrow, LiftMark } from './LiftMark.tsx';
import { BreakSign, RateMark, Whisker } from './RateMark.tsx';
import { ColouredBox, HatchedBox } from './ShareBox.tsx';
import { SideMark, SideWhisker } from './SideMark.tsx';

export const SIGNS = {
  full: 'rate with its interval',
  open: 'rate without an interval',
  'at-most': 'at most that',
  'at-least': 'at least that',
  line: 'comparable, one after the other',
  break: 'not comparable: the line breaks',
  apart: 'not comparable with those above: an axis of its own',
  range: 'share as a range',
  carried: 'measured to carry it',
  unaccounted: 'unaccounted, which may hold more',
  beyond: 'range goes on beyond the picture',
  unknown: 'anything from none to all: beside the axis',
  before: 'the one before, or the first, with its interval',
  after: 'the one after, or the second, with its interval',
  bare: 'without an interval',
  less: 'a smaller share in the second',
  more: 'a larger share in the second',
  hatched: 'unaccounted',
  'difference-range': 'lighter: the difference ends anywhere in it',
  written: 'written by a model',
  rest: 'smaller ones together',
  told: 'distinguished from chance',
  untold: 'not distinguished from chance, or too few to say',
  arrow: 'farther than can be drawn',
} as const;

export type Sign = keyof typeof SIGNS;

function Picture({ sign, rates }: { sign: Sign; rates: 'up' | 'side' }) {
  switch (sign) {
    case 'line':
      return <path d="M2 9H26" stroke="var(--accent)" strokeWidth="1.5" strokeOpacity="0.6" />;
    case 'break':
    case 'apart':
      return <BreakSign x={14} y={9} />;
    case 'range':
      return <path d="M3 9H25" stroke="var(--cat-5)" strokeWidth="5" strokeOpacity="0.45" />;
    case 'carried':
      return <ColouredBox x={3} y={5} width={22} height={8} color="var(--cat-5)" />;
    case 'unaccounted':
      return <path d="M3 9H25" stroke="var(--cat-8)" strokeWidth="1.5" strokeDasharray="2 3" />;
    case 'unknown':
      return (
        <rect
          x="4"
          y="2"
          width="20"
          height="14"
          fill="var(--sunken)"
          stroke="var(--line-strong)"
          strokeDasharray="3 3"
        />
      );
    case 'beyond':
      return <path d="M3 9H23M18 4l6 5-6 5" stroke="var(--cat-5)" strokeWidth="1.75" fill="none" />;
    case 'before':
    case 'after':
      return (
        <>
          <SideWhisker side={sign} from={3} to={25} y={9} />
          <SideMark side={sign} x={14} y={9} bare={false} />
        </>
      );
    case 'less':
      return <ColouredBox x={4} y={4} width={12} height={10} color="var(--cat-5)" />;
    case 'more':
      return <ColouredBox x={12} y={4} width={12} height={10} color="var(--cat-1)" />;
    case 'difference-range':
      return (
        <>
          <ColouredBox x={3} y={4} width={9} height={10} color="var(--cat-1)" />
          <g opacity="0.45">
            <ColouredBox x={12} y={4} width={13} height={10} color="var(--cat-1)" />
          </g>
        </>
      );
    case 'hatched':
      return <HatchedBox x={3} y={3} width={22} height={12} />;
    case 'written':
      return <ColouredBox x={3} y={2} width={22} height={14} color="var(--cat-1)" written />;
    case 'rest':
      return <ColouredBox x={3} y={3} width={22} height={12} color="var(--line-strong)" />;
    case 'told':
      return <LiftMark x={14} y={9} colour="var(--danger)" filled />;
    case 'untold':
      return <LiftMark x={14} y={9} colour="var(--low)" filled={false} />;
    case 'arrow':
      return <LiftArrow x={14} y={9} right colour="var(--low)" filled={false} />;
    case 'bare':
      return <SideMark side="after" x={14} y={9} bare />;
    case 'full':
      return (
        <>
          {rates === 'up' ? <Whisker from={[14, 1]} to={[14, 17]} /> : <Whisker from={[3, 9]} to={[25, 9]} />}
          <RateMark x={14} y={9} shape="full" rates={rates} />
        </>
      );
    default:
      return <RateMark x={14} y={9} shape={sign} rates={rates} />;
  }
}

/** What the signs of a picture mean: only those that are in it. */
export function Legend({ signs, rates }: { signs: readonly Sign[]; rates: 'up' | 'side' }) {
  return (
    <ul aria-label="Signs" className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-2">
      {signs.map((sign) => (
        <li key={sign} className="flex items-center gap-1.5">
          <svg width="28" height="18" viewBox="0 0 28 18" aria-hidden="true" className="shrink-0">
            <Picture sign={sign} rates={rates} />
          </svg>
          {SIGNS[sign]}
        </li>
      ))}
    </ul>
  );
}
