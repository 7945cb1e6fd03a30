import { memo, type Ref } from 'react';
import { PictureContents, type PictureContentsProps } from './picture/PictureContents.tsx';

export type LineagePictureProps = PictureContentsProps & {
  /** Zoom; null fits the width. */
  zoom: number | null;
  svgRef?: Ref<SVGSVGElement>;
};

/** The picture: one SVG with all its paint in attributes, so that it can be saved as it stands. */
export const LineagePicture = memo(function LineagePicture(props: LineagePictureProps) {
  const { zoom, svgRef, ...contents } = props;
  const { layout } = props.model;
  const size =
    zoom === null
      ? { width: '100%', maxWidth: wholeWidth(layout), '--least': `${layout.width * 0.56}px` }
      : { width: layout.width * zoom };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture of nodes has no element of its own
    <svg
      ref={svgRef}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="group"
      aria-label="Lineage. Arrow keys go along it, Enter opens a node; the table says the same."
      className={`mx-auto block h-auto ${zoom === null ? 'max-sm:min-w-(--least)' : ''}`}
      style={size}
      fontFamily="ui-sans-serif, system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"
      // Otherwise every text is measured anew for each step of a zoom.
      textRendering="geometricPrecision"
    >
      <PictureContents {...contents} />
    </svg>
  );
});

/** As wide as lets the whole picture be seen at once, but never so small that it can't be read. */
function wholeWidth({ width, height }: { width: number; height: number }): string {
  const readable = Math.round(width * 0.5);
  return `max(${readable}px, min(${width}px, ${((76 * width) / height).toFixed(2)}vh))`;
}
