import { pathOfRef } from '@/navigation/paths.ts';
import { PictureHeading } from '../plot/AxisTicks.tsx';
import type { Sign } from '../plot/Legend.tsx';
import { Mark } from '../plot/Mark.tsx';
import { Pictures } from '../plot/Picture.tsx';
import { PlotFrame } from '../plot/PlotFrame.tsx';
import { ColouredBox, HatchedBox } from '../plot/ShareBox.tsx';
import { Silent } from '../plot/Silent.tsx';
import { layOutExposure, type Piece, SWATCH_SIZE } from './exposure-layout.ts';
import { exposureRows } from './exposure-rows.ts';
import { ShareTable } from './ShareTable.tsx';
import { type Exposure, type Segment, segments } from './stage-bars.ts';

export interface ExposurePictureProps {
  exposure: Exposure;
  colors: ReadonlyMap<string, number>;
  /** What a model version is called, for title and files. */
  of: string;
  /** The past moment that it is of; null for now. */
  knownOn: string | null;
}

/** What each stage was trained on: a bar each, whose pieces are the whole of it, the unaccounted among them. */
export function ExposurePicture({ exposure, colors, of, knownOn }: ExposurePictureProps) {
  const { stages } = exposure;
  const title = `What ${of} was trained on, by stage`;
  return (
    <PlotFrame
      title={title}
      note="Shares of each stage. Where they are ranges the lower ends are drawn, and the rest as unaccounted."
      signs={signsOf(stages.flatMap((stage) => segments(stage, colors)))}
      rates="side"
      file={`exposure-${of}-${exposure.grouping.toLowerCase()}`.replace(/[^\w.-]+/g, '-')}
      rows={exposureRows(stages)}
      table={<ShareTable stages={stages} colors={colors} label={title} knownOn={knownOn} />}
    >
      <Pictures
        label={title}
        draw={(size) => {
          const layout = layOutExposure(stages, colors, size);
          return {
            height: layout.height,
            contents: layout.stages.map((stage) => (
              <g key={stage.key}>
                <PictureHeading lines={stage.heading} y={stage.headingY} />
                {stage.instead ? (
                  <text x="0" y={stage.instead.y} fill="var(--ink-2)">
                    {stage.instead.text}
                  </text>
                ) : null}
                {stage.pieces.map((piece) => (
                  <BarPiece key={piece.segment.key} piece={piece} knownOn={knownOn} />
                ))}
              </g>
            )),
          };
        }}
      />
    </PlotFrame>
  );
}

const SIGN_OF: Record<Segment['kind'], Sign | null> = {
  group: null,
  rest: 'rest',
  generated: 'written',
  unaccounted: 'hatched',
};

/** Only those whose colour does not say it: the coloured ones are named below their bar. */
function signsOf(pieces: readonly Segment[]): Sign[] {
  const found = new Set(pieces.map(({ kind }) => SIGN_OF[kind]));
  return (['written', 'rest', 'hatched'] as const).filter((sign) => found.has(sign));
}

function BarPiece({ piece, knownOn }: { piece: Piece; knownOn: string | null }) {
  const { segment, name, ref } = piece;
  const swatch = { x: name.x, y: name.y - SWATCH_SIZE, width: SWATCH_SIZE, height: SWATCH_SIZE };
  return (
    <>
      <Mark says={piece.says} href={ref ? pathOfRef(ref, { asOf: knownOn }) : undefined} linkText="Its page">
        <Share segment={segment} {...piece.box} />
      </Mark>
      <Silent>
        <Share segment={segment} {...swatch} />
        <text x={name.x + SWATCH_SIZE + 5} y={name.y} fill="var(--ink-2)">
          {name.text}
        </text>
      </Silent>
    </>
  );
}

function Share({ segment, ...box }: { segment: Segment } & Piece['box']) {
  if (segment.kind === 'unaccounted') return <HatchedBox {...box} />;
  const color = segment.color ? `var(--cat-${segment.color})` : 'var(--line-strong)';
  return <ColouredBox {...box} color={color} written={segment.kind === 'generated'} />;
}
