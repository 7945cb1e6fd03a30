import { AxisRow, isNarrow } from '../plot/AxisRow.tsx';
import { AxisTicks, PictureHeading } from '../plot/AxisTicks.tsx';
import { Pictures } from '../plot/Picture.tsx';
import { PlotFrame } from '../plot/PlotFrame.tsx';
import { ColouredBox } from '../plot/ShareBox.tsx';
import type { ExposurePictureProps } from './ExposurePicture.tsx';
import { exposureRows } from './exposure-rows.ts';
import { ShareTable } from './ShareTable.tsx';
import { layOutTags, MOST_TAGS, type TagLayout, type TagRow, tagsLeftOut } from './tag-layout.ts';

/** How much of each stage carries which content tag: a row each, as far as it was measured. */
export function TagPicture({ exposure, of, knownOn }: Omit<ExposurePictureProps, 'colors'>) {
  const { stages } = exposure;
  const title = `Content tags in what ${of} was trained on, by stage`;
  const left = tagsLeftOut(stages);
  const open = stages.some(({ shares }) => shares.some(({ share, shareUpper }) => shareUpper > share));
  return (
    <PlotFrame
      title={title}
      note="A text can carry several tags, so these shares do not add up. The upper end counts all that was not measured."
      signs={['carried', ...(open ? (['range'] as const) : [])]}
      rates="side"
      file={`exposure-${of}-content_tag`.replace(/[^\w.-]+/g, '-')}
      rows={exposureRows(stages)}
      remarks={
        left > 0
          ? [`Of each stage the ${MOST_TAGS} largest are drawn; ${left} smaller are in the table alone.`]
          : []
      }
      table={<ShareTable stages={stages} colors={null} label={title} knownOn={knownOn} />}
    >
      <Pictures
        label={title}
        draw={(size) => {
          const layout = layOutTags(stages, size);
          return {
            height: layout.height,
            contents: layout.stages.map((stage) => (
              <g key={stage.key}>
                <PictureHeading lines={stage.heading} y={stage.headingY} />
                {stage.instead ? (
                  <text x="0" y={stage.instead.y} fill="var(--ink-2)">
                    {stage.instead.text}
                  </text>
                ) : (
                  <AxisTicks
                    ticks={layout.ticks}
                    left={layout.left}
                    right={layout.right}
                    top={stage.top}
                    bottom={stage.bottom}
                  />
                )}
                {stage.rows.map((row) => (
                  <Tag key={row.key} row={row} layout={layout} />
                ))}
              </g>
            )),
          };
        }}
      />
    </PlotFrame>
  );
}

const HIGH = 8;

function Tag({ row, layout }: { row: TagRow; layout: TagLayout }) {
  const { measured, open, y } = row;
  return (
    <AxisRow row={row} columns={layout} reach={isNarrow(layout) ? 36 : 22} says={row.says}>
      <ColouredBox
        x={measured.from}
        y={y - HIGH / 2}
        width={Math.max(1, measured.to - measured.from)}
        height={HIGH}
        color="var(--cat-5)"
      />
      {open ? (
        <path
          d={`M${open.from} ${y}H${open.to}`}
          stroke="var(--cat-5)"
          strokeWidth="5"
          strokeOpacity="0.45"
          fill="none"
        />
      ) : null}
    </AxisRow>
  );
}
