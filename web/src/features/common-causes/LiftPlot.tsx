import { cx } from '@/ui/classes.ts';
import { type Cause, countsOf, liftOf, nameOf, STATE_WORDS } from './cause-words.ts';

/** As far as the picture goes either way; more is drawn as an arrow. */
const FARTHEST = 8;
const TICKS = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8];
const WIDTH = 360;
const HEIGHT = 22;
const MARGIN = 10;

/** Where a lift stands, doubling by equal steps. */
function x(lift: number): number {
  const reach = Math.log2(FARTHEST);
  const at = Math.max(-reach, Math.min(reach, Math.log2(lift)));
  return MARGIN + ((at + reach) / (2 * reach)) * (WIDTH - 2 * MARGIN);
}

/** Where a cause is drawn; null where there is nothing to compare with. */
export function place({ lift, modelVersions, others }: Cause): { at: number; beyond: boolean } | null {
  if (lift === 0) return { at: x(1 / FARTHEST), beyond: true };
  if (lift !== null) return { at: x(lift), beyond: lift > FARTHEST || lift < 1 / FARTHEST };
  const without = modelVersions.exposed > 0 && others.of > 0;
  return without ? { at: x(FARTHEST), beyond: true } : null;
}

/** A stick from "as often as the others" to the lift: full where it can be told from chance, hollow where it can't. */
export function LiftPlot({ cause }: { cause: Cause }) {
  const found = place(cause);
  const told = cause.state === 'MORE_EXPOSED' || cause.state === 'LESS_EXPOSED';
  const colour = cause.state === 'MORE_EXPOSED' ? 'var(--danger)' : told ? 'var(--accent)' : 'var(--low)';
  const middle = HEIGHT / 2;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${nameOf(cause)}: lift ${liftOf(cause)}, ${STATE_WORDS[cause.state]}; ${countsOf(cause.modelVersions)}, beside ${countsOf(cause.others)} of the others`}
      className="h-auto w-full max-w-[360px]"
    >
      {TICKS.map((tick) => (
        <line
          key={tick}
          x1={x(tick)}
          x2={x(tick)}
          y1={tick === 1 ? 1 : 7}
          y2={tick === 1 ? HEIGHT - 1 : HEIGHT - 7}
          stroke={tick === 1 ? 'var(--line-strong)' : 'var(--line)'}
        />
      ))}
      {found ? (
        <>
          <line x1={x(1)} x2={found.at} y1={middle} y2={middle} stroke={colour} strokeWidth="2" />
          {found.beyond ? (
            <Arrow at={found.at} right={found.at > WIDTH / 2} colour={colour} filled={told} />
          ) : (
            <circle
              cx={found.at}
              cy={middle}
              r="5"
              fill={told ? colour : 'var(--surface)'}
              stroke={colour}
              strokeWidth="2"
            />
          )}
        </>
      ) : null}
    </svg>
  );
}

function Arrow(props: { at: number; right: boolean; colour: string; filled: boolean }) {
  const [tip, foot] = props.right ? [props.at + 8, props.at - 3] : [props.at - 8, props.at + 3];
  const middle = HEIGHT / 2;
  return (
    <polygon
      points={`${tip},${middle} ${foot},${middle - 6} ${foot},${middle + 6}`}
      fill={props.filled ? props.colour : 'var(--surface)'}
      stroke={props.colour}
      strokeWidth="2"
      strokeLinejoin="round"
    />
  );
}

/** The scale above the sticks. */
export function LiftScale() {
  return (
    <div aria-hidden="true" className="relative h-4 w-full max-w-[360px] text-xs text-ink-3">
      {TICKS.map((tick) => (
        <span
          key={tick}
          className={cx('absolute -translate-x-1/2', Math.abs(Math.log2(tick)) === 2 && 'max-sm:hidden')}
          style={{ left: `${(x(tick) / WIDTH) * 100}%` }}
        >
          {tick < 1 ? `⅟${1 / tick}` : `${tick}×`}
        </span>
      ))}
    </div>
  );
}
