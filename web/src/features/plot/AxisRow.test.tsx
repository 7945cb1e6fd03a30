import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { AxisRow } from './AxisRow.tsx';

const row = { label: 'A model', labelY: 20, figure: '40%', figureY: 20, y: 16 };

const shown = (width: number, reach: number) =>
  renderToStaticMarkup(
    <svg>
      <title>rows</title>
      <AxisRow
        row={row}
        columns={{ width, left: 100, right: 640, figureX: 656 }}
        reach={reach}
        says="A model: 40%"
        href="/eval-runs/a"
        below={{ text: '3 unscored', y: 33 }}
      >
        <circle r="4" />
      </AxisRow>
    </svg>,
  );

describe('a row of a picture', () => {
  it('is one mark that says its figures and can be pointed at over its whole width and height', () => {
    const markup = shown(860, 24);
    expect(markup).toMatch(/<g role="img" aria-label="A model: 40%" data-mark="" data-href="\/eval-runs\/a"/);
    expect(markup).toContain('<rect x="0" y="4" width="860" height="24" fill="transparent">');
    expect(markup.match(/data-mark/g)).toHaveLength(1);
  });

  it('has its name before the axis and its figure behind it where it is wide, and both above it where it is not', () => {
    expect(shown(860, 24)).toMatch(/<text x="88" y="20" text-anchor="end"[^>]*>A model/);
    expect(shown(860, 24)).toMatch(/<text x="656" y="20" text-anchor="start"[^>]*>40%/);
    expect(shown(350, 40)).toMatch(/<text x="0" y="20" text-anchor="start"[^>]*>A model/);
    expect(shown(350, 40)).toMatch(/<text x="656" y="33" text-anchor="end" font-size="10"[^>]*>3 unscored/);
    expect(shown(350, 40)).toContain('<rect x="0" y="-11" width="350" height="40"');
  });

  it('draws what is on the axis over the rule, and under the figure', () => {
    const markup = shown(860, 24);
    expect(markup.indexOf('<line')).toBeLessThan(markup.indexOf('<circle'));
    expect(markup.indexOf('<circle')).toBeLessThan(markup.indexOf('40%</text>'));
  });
});
