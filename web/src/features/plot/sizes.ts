/**
 * Every picture is laid out twice, for wide and for narrow windows; the style sheet shows one. So its text keeps its
 * size, nothing moves once the page is shown, and it is whole without scripts and on paper.
 */
export interface PlotSize {
  name: 'wide' | 'narrow';
  width: number;
}

export const WIDE: PlotSize = { name: 'wide', width: 860 };
export const NARROW: PlotSize = { name: 'narrow', width: 350 };
export const SIZES = [WIDE, NARROW] as const;
