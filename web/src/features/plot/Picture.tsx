import type { ReactNode } from 'react';
import { cx } from '@/ui/classes.ts';
import { type PlotSize, SIZES } from './sizes.ts';

/** The SVG of a picture in one size, with all its paint in attributes, so that it can be saved as it stands. */
function Picture(props: { size: PlotSize; height: number; label: string; children: ReactNode }) {
  const { size, height } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture of marks has no element of its own
    <svg
      data-plot={size.name}
      viewBox={`0 0 ${size.width} ${height}`}
      role="group"
      aria-label={`${props.label}. The arrow keys go from mark to mark; the table says the same.`}
      className={cx(
        'block h-auto w-full',
        size.name === 'wide' ? 'max-w-[1000px] max-sm:hidden' : 'max-w-[430px] sm:hidden',
      )}
      fontFamily="ui-sans-serif, system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"
      fontSize="11"
    >
      {props.children}
    </svg>
  );
}

/** A picture in every size. `draw` answers its height and what is in it. */
export function Pictures(props: {
  label: string;
  draw: (size: PlotSize) => { height: number; contents: ReactNode } | null;
}) {
  return SIZES.map((size) => {
    const drawn = props.draw(size);
    return drawn ? (
      <Picture key={size.name} size={size} height={drawn.height} label={props.label}>
        {drawn.contents}
      </Picture>
    ) : null;
  });
}
