import type { Sign } from '../../../plot/Legend.tsx';
import { PlotFrame } from '../../../plot/PlotFrame.tsx';
import { BeforeAfterPicture } from './BeforeAfterPicture.tsx';
import { BeforeAfterTable } from './BeforeAfterTable.tsx';
import { beforeAfterRows } from './before-after-rows.ts';
import { boundOf, type Comparison, shareOf, sidesOf } from './sides.ts';

/** What was before an intervention and after it: the picture with its table and files; the table alone where no side is a share. */
export function BeforeAfter(props: { comparisons: readonly Comparison[]; of: string }) {
  const { comparisons } = props;
  const title = `${props.of}: before and after`;
  const table = <BeforeAfterTable comparisons={comparisons} label={title} />;
  const drawn = comparisons.flatMap(sidesOf).filter((side) => shareOf(side) !== null);
  if (drawn.length === 0) return table;
  const left = comparisons.length * 2 - drawn.length;
  return (
    <PlotFrame
      title={title}
      note="Each pair by itself, with what can be said of it. Only what was measured alike stands on one axis."
      signs={signsOf(comparisons)}
      rates="side"
      file={title.replace(/[^\w.-]+/g, '-').slice(0, 80)}
      rows={beforeAfterRows(comparisons)}
      remarks={
        left > 0
          ? [
              `${left} of ${comparisons.length * 2} sides ${left === 1 ? 'has' : 'have'} no mark: not recorded, without a number, or in a unit that is no share of a whole.`,
            ]
          : []
      }
      table={table}
    >
      <BeforeAfterPicture comparisons={comparisons} label={title} />
    </PlotFrame>
  );
}

function signsOf(comparisons: readonly Comparison[]): Sign[] {
  const sides = comparisons.flatMap(sidesOf).filter((side) => shareOf(side) !== null);
  const bounds = new Set(sides.map(boundOf));
  const bare = sides.some((side) => boundOf(side) === null && !side.measurement?.interval);
  const joined = comparisons.some(
    (one) => one.comparability?.comparable && sidesOf(one).every((side) => shareOf(side) !== null),
  );
  return [
    'before',
    'after',
    ...(['at-most', 'at-least'] as const).filter((bound) => bounds.has(bound)),
    ...(bare ? (['bare'] as const) : []),
    ...(joined ? (['line'] as const) : []),
  ];
}
