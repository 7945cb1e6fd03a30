import { memo, type Ref } from 'react';
import { PictureContents, type PictureContentsProps } from './picture/PictureContents.tsx';

export type LineagePictureProps = PictureContentsProps & {
  /** Zoom; null fits the width. */
  zoom: number | null;
  /** Around the picture, for as long as it is stretched: as large as that makes it, and as large as it was. */
  stretched?: { room: Ref<HTMLDivElement>; picture: Ref<HTMLDivElement> };
};

/** The picture: SVG with all its paint in attributes, so that it can be saved as it stands. */
export const LineagePicture = memo(function LineagePicture(props: LineagePictureProps) {
  const { zoom, stretched, ...contents } = props;
  const { layout } = props.model;
  const size =
    zoom === null
      ? { width: '100%', maxWidth: wholeWidth(layout), '--least': `${layout.width * 0.56}px` }
      : { width: layout.width * zoom };
  return (
    <div ref={stretched?.room} className="mx-auto">
      <div ref={stretched?.picture} className="origin-top-left">
        <div className={`relative mx-auto ${zoom === null ? 'max-sm:min-w-(--least)' : ''}`} style={size}>
          <PictureContents {...contents} />
        </div>
      </div>
    </div>
  );
});

/** As wide as lets the whole picture be seen at once, but never so small that it can't be read. */
function wholeWidth({ width, height }: { width: number; height: number }): string {
  const readable = Math.round(width * 0.5);
  return `max(${readable}px, min(${width}px, ${((76 * width) / height).toFixed(2)}vh))`;
}
