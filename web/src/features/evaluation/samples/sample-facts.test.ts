import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { PageFacts } from '../../../ui/Figure.tsx';
import { sampleFacts } from './sample-facts.tsx';

const shown = (scores: unknown) => {
  const items = sampleFacts({ outcomes: [], scores, target: null, limitReached: null, error: null });
  return renderToStaticMarkup(createElement(PageFacts, { items: items.filter((i) => i.name === 'Scores') }));
};

describe('the facts of a sample', () => {
  it('say that it is unscored where it is, and its scores where it is not', () => {
    expect(shown({}).replace(/<[^>]+>/g, ' ')).toMatch(/Scores\s+unscored/);
    expect(shown({ harmful: { value: 1 } })).not.toContain('unscored');
    expect(shown({ harmful: { value: 1 } })).toContain('harmful');
  });
});
