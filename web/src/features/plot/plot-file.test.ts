import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { standaloneSvg } from '../../ui/save-picture.ts';
import { plotSvg } from './plot-file.ts';

const LABEL = '<text>a\u0001b\uffffc\u{1f600}\td\u0085</text>';

/** As much of an element as is touched where a picture is written. */
const element = (): Record<string, unknown> => ({
  cloneNode: element,
  setAttribute: () => undefined,
  removeAttribute: () => undefined,
  insertBefore: () => undefined,
  prepend: () => undefined,
  append: () => undefined,
  querySelectorAll: () => [],
  viewBox: { baseVal: { width: 100, height: 50 } },
});

describe('a picture that is saved', () => {
  beforeAll(() => {
    vi.stubGlobal('document', { documentElement: element(), createElementNS: element });
    vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: () => '#123' }));
    vi.stubGlobal(
      'XMLSerializer',
      class {
        serializeToString = () => `<svg fill="var(--ink)">${LABEL}</svg>`;
      },
    );
  });
  afterAll(() => vi.unstubAllGlobals());

  const svg = element() as unknown as SVGSVGElement;

  it.each<[string, () => string]>([
    ['of a lineage', () => standaloneSvg(svg, 10, 10)],
    ['of a plot', () => plotSvg(svg, { title: 'A title', notes: ['A note.'] }).text],
  ])('%s is well-formed XML, whatever its labels hold', (_, text) => {
    expect(text()).toBe('<svg fill="#123"><text>a\ufffdb\ufffdc\u{1f600}\td\u0085</text></svg>');
  });
});
