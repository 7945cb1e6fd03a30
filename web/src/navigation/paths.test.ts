import { describe, expect, it } from 'vitest';
import { fromSegment, pathOfRef, paths, queryString, safeNext } from './paths.ts';

describe('paths', () => {
  it('puts a name with slashes and spaces into one segment and reads it back', () => {
    const path = paths.datasetVersion('allenai/dolma mix', '1.7/b');
    expect(path).toBe('/datasets/allenai%2Fdolma%20mix/1.7%2Fb');
    expect(path.split('/').slice(2).map(fromSegment)).toEqual(['allenai/dolma mix', '1.7/b']);
  });

  it('finds the page of every kind of reference', () => {
    expect(pathOfRef('dataset:the-pile@1.0')).toBe('/datasets/the-pile/1.0');
    expect(pathOfRef('model:org/m@x@step1')).toBe('/models/org%2Fm%40x/step1');
    expect(pathOfRef('source:books3')).toBe('/sources/books3');
    expect(pathOfRef('eval-run:a b')).toBe('/eval-runs/a%20b');
    expect(pathOfRef('incident:MBI-2025-0001')).toBe('/incidents/MBI-2025-0001');
    expect(pathOfRef('training-run:rlhf')).toBe('/lineage/training-run%3Arlhf');
    expect(pathOfRef('b3BhcXVl')).toBe('/lineage/b3BhcXVl');
  });

  it('keeps the day that a page is known on in a link to another node', () => {
    const asOf = '2026-05-08T14:03:00Z';
    const query = '?asOf=2026-05-08T14%3A03%3A00Z';
    expect(pathOfRef('dataset:the-pile@1.0', { asOf })).toBe(`/datasets/the-pile/1.0${query}`);
    expect(pathOfRef('training-run:rlhf', { asOf })).toBe(`/lineage/training-run%3Arlhf${query}`);
    expect(pathOfRef('source:books3', { asOf: null })).toBe('/sources/books3');
  });

  it('narrows the eval runs to an evaluation by its name', () => {
    expect(paths.evalRuns({ evaluation: 'lab/crows' })).toBe('/eval-runs?evaluation=lab%2Fcrows');
    expect(paths.evalRuns()).toBe('/eval-runs');
  });

  it('leaves empty values out of a query and repeats lists', () => {
    expect(queryString({ a: '', b: null, c: ['x', 'y'], d: 'z' })).toBe('?c=x&c=y&d=z');
    expect(queryString({})).toBe('');
  });

  it('goes on to a path of this site only', () => {
    expect(safeNext('/incidents?status=OPEN#top')).toBe('/incidents?status=OPEN#top');
    expect(safeNext('/incidents/../models//x?next=//y')).toBe('/models//x?next=//y');
    for (const bad of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/\t/evil.example',
      '/..//evil.example/x',
      '/.//evil.example',
      '/a/..//evil.example',
      '/%2e//evil.example',
      '/%2E%2e//evil.example?x#y',
      '/a/../.././/evil.example',
      '',
      null,
    ]) {
      expect(safeNext(bad)).toBe('/');
    }
  });

  it('keeps a broken percent encoding as it came', () => {
    expect(fromSegment('100%')).toBe('100%');
  });
});
