import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import type { ImportWholeFragment } from '@/graphql/generated/graphql.ts';
import { ModelsOfImport } from './ModelsOfImport.tsx';

vi.mock('next/navigation', () => ({ useRouter: () => ({}) }));

type Named = ImportWholeFragment['models'][number];

const LIKE = { id: 'AAAAAAAAAAAAAAAAAAAAAA', ref: 'model:opus@4', label: 'opus@4' };
const named = (name: string, more: Partial<Named> = {}): Named => ({
  ...{ name, recordedAs: { ref: `model:${name}@unspecified`, label: name }, alias: null, candidates: [LIKE] },
  ...more,
});

const shown = (models: Named[], truncations: ImportWholeFragment['truncations'] = []) =>
  renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <ModelsOfImport row={{ id: 'x', models, truncations } as ImportWholeFragment} blocked={null} />
    </QueryClientProvider>,
  );
const words = (markup: string) => markup.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const buttons = (markup: string) =>
  [...markup.matchAll(/<button[^>]*aria-label="([^"]*)"/g)].map((m) => m[1]);

describe('the models that a file names', () => {
  it('are asked for one by one, each question by a button that says of which', () => {
    const markup = shown([named('vendor/opus-4'), named('opus-4-latest')]);
    expect(words(markup)).toMatch(/Models 2/);
    expect(words(markup).match(/Is this one of these\?/g)).toHaveLength(2);
    const labels = buttons(markup);
    expect(labels).toContain('Yes, it is opus@4 that the file calls vendor/opus-4');
    expect(new Set(labels).size).toBe(4);
  });

  it('are not asked for where it was confirmed what is meant, nor where none is named', () => {
    const alias = { id: 'y', confirmedBy: { name: 'Keeper' }, modelVersion: LIKE };
    const markup = shown([named('vendor/opus-4', { alias })]);
    expect(words(markup)).toMatch(/Keeper confirmed that it means opus@4/);
    expect(buttons(markup)).toEqual([]);
    expect(shown([])).toBe('');
  });

  it('are folded where there are many, and those that are not told of are counted', () => {
    const many = Array.from({ length: 7 }, (_, i) => named(`m${i}`));
    expect(words(shown(many))).toMatch(/Models 7 .*2 more models/);
    expect(words(shown(many))).not.toMatch(/are asked for/);
    const cut = [{ field: 'models', shown: 7, total: 1200 }];
    expect(words(shown(many, cut))).toMatch(/Models 1200 .*The first 7 of 1,200 are asked for/);
  });
});
