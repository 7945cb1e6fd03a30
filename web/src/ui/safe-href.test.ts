import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeHref } from './safe-href.ts';

describe('safeHref', () => {
  it('gives an address of the web as the browser would go there', () => {
    expect(safeHref('https://example.org/a?b=c#d')).toBe('https://example.org/a?b=c#d');
    expect(safeHref('HTTPS://Example.org')).toBe('https://example.org/');
    expect(safeHref('https://b\u00fccher.example/')).toBe('https://xn--bcher-kva.example/');
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt://example.org/%0aalert(1)',
    ' https://example.org',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'blob:https://example.org/1',
    'file:///etc/passwd',
    '//example.org',
    '/incidents',
    'https:example.org',
    'https:\\\\example.org',
    'https://',
    'https://bank.example@evil.example/',
    'https://example.org/\u202egpj.exe',
    'https://exa\u200bmple.org',
    'http://example.org/\u0000',
    'https://example.org/\nx',
    'https://[::1',
    '',
  ])('gives none for %j', (address) => {
    expect(safeHref(address)).toBeNull();
  });

  it('never gives an address of another scheme, whatever is typed', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc
        .tuple(fc.constantFrom('https://', 'http://', 'javascript:', 'data:'), fc.string())
        .map((p) => p.join('')),
    );
    fc.assert(
      fc.property(typed, (address) => {
        const href = safeHref(address);
        return href === null || /^https?:\/\/[^/@]+\//.test(href);
      }),
    );
  });
});
