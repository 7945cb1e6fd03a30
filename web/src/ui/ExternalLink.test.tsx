import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ExternalLink } from './ExternalLink.tsx';

const WEB = fileURLToPath(new URL('..', import.meta.url));

/** Every line of the web's components that makes a link of an address of somebody else's, or one as to a stranger. */
function linksOut(): string[] {
  return readdirSync(WEB, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx') && !file.includes('.test.') && !file.includes('generated'))
    .flatMap((file) =>
      readFileSync(`${WEB}${file}`, 'utf8')
        .split('\n')
        .filter((line) => /noreferrer|nofollow|href=\{[^}]*\b(?:url|uri|homepage|address)\b/i.test(line))
        .map((line) => `${file.replaceAll('\\', '/')}: ${line.trim()}`),
    );
}

describe('a link out', () => {
  it('leads to an address of the web, says where to, and tells nothing of where one comes from', () => {
    expect(renderToStaticMarkup(<ExternalLink href="https://example.org/x">a paper</ExternalLink>)).toMatch(
      /^<a href="https:\/\/example\.org\/x" title="https:\/\/example\.org\/x" target="_blank" rel="noopener noreferrer nofollow"/,
    );
  });

  it('is text where the address is none of the web', () => {
    const hostile = ['javascript', 'alert(1)'].join(':');
    const markup = renderToStaticMarkup(<ExternalLink href={hostile}>a paper</ExternalLink>);
    expect(markup).not.toContain('href');
    expect(markup).toContain('a paper');
  });

  it('is made in one place: no other component makes one of an address that comes from data', () => {
    const found = linksOut();
    expect(found.filter((line) => line.startsWith('ui/ExternalLink.tsx:'))).toHaveLength(1);
    expect(found.filter((line) => !/^ui\/ExternalLink\.tsx:|<ExternalLink /.test(line))).toEqual([]);
    expect(found.length).toBeGreaterThan(5);
  });
});
