import { describe, expect, it } from 'vitest';
import { downloadName, isMediaType, isTextual, safeMediaType } from './evidence.ts';

describe('the media type of evidence', () => {
  it.each([
    ['text/plain', true],
    ['text/markdown; charset=utf-8', true],
    ['application/json', true],
    ['application/ld+json', true],
    ['text/html', true],
    ['image/svg+xml', true],
    ['image/png', false],
    ['application/pdf', false],
    ['application/octet-stream', false],
    [null, false],
  ])('%s is text: %s', (mediaType, textual) => {
    expect(isTextual(mediaType)).toBe(textual);
  });

  it.each([
    'text/html',
    'image/svg+xml',
    'application/xhtml+xml',
    'text/javascript',
    'application/pdf',
    null,
  ])('of %s is told to a browser as nothing that it would run or draw', (mediaType) => {
    expect(['text/plain; charset=utf-8', 'application/octet-stream']).toContain(safeMediaType(mediaType));
  });

  it('is refused where it is none', () => {
    expect(isMediaType('text/plain; charset=utf-8')).toBe(true);
    for (const wrong of ['', 'text', 'text/', '/plain', 'text/plain\nx: y', `text/${'x'.repeat(300)}`])
      expect(isMediaType(wrong), wrong).toBe(false);
  });
});

describe('the name of a download', () => {
  it('is the file’s, or made of the title', () => {
    const none = { fileName: null, mediaType: 'text/markdown', title: 'What it wrote: «Größe»!' };
    expect(downloadName(none)).toBe('what-it-wrote-größe.md');
    expect(downloadName({ ...none, title: '…', mediaType: 'image/png' })).toBe('evidence.bin');
    expect(downloadName({ ...none, fileName: 'run.eval' })).toBe('run.eval');
  });
});
