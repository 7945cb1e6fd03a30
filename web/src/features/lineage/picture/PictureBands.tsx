import { memo } from 'react';
import { BAND_TITLES } from '../bands.ts';
import { HEADER, type Layout } from '../layout.ts';

/** The columns behind everything, with their titles. */
export const PictureBands = memo(function PictureBands({ layout }: { layout: Layout }) {
  return (
    <>
      <defs>
        <pattern
          id="lineage-hatch"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" fill="var(--surface)" />
          <line x1="0" x2="0" y1="0" y2="6" stroke="var(--hatch)" strokeWidth="2.2" />
        </pattern>
      </defs>
      {layout.bands.map((band, index) => (
        <g key={band.band}>
          <rect
            x={band.x + 6}
            y="6"
            width={band.width - 12}
            height={layout.height - 12}
            rx="10"
            fill="var(--sunken)"
            opacity={index % 2 === 0 ? 0.85 : 0.4}
          />
          <text
            x={band.x + 36}
            y={HEADER - 6}
            fontSize="12"
            fontWeight="600"
            fill="var(--ink-2)"
            letterSpacing="0.2"
          >
            {BAND_TITLES[band.band]}
          </text>
        </g>
      ))}
    </>
  );
});
