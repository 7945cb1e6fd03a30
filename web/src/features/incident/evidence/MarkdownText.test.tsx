import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import MarkdownText from './MarkdownText.tsx';

const shown = (text: string) => renderToStaticMarkup(createElement(MarkdownText, { text }));

/** Every element and attribute in the markup, by name. */
const names = (markup: string) => new Set([...markup.matchAll(/<([a-z0-9]+)/g)].map((match) => match[1]));

const ALLOWED = new Set([
  ...['div', 'p', 'strong', 'em', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'hr', 'br', 'a', 'span'],
]);

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><script>alert(1)</script></svg>',
  '<iframe src="https://evil.example"></iframe>',
  'before <b onmouseover="alert(1)">bold</b> after',
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert(1))',
  '[a](java\nscript:alert(1))',
  '[a](&#106;avascript:alert(1))',
  '[a](data:text/html,<script>alert(1)</script>)',
  '[a](vbscript:x)',
  '[a](//evil.example)',
  '[a](/sign-out)',
  '![a](https://evil.example/pixel.png)',
  '![a](javascript:alert(1))',
  '<https://evil.example/"onclick="alert(1)>',
  '[x]: javascript:alert(1)\n\n[x]',
  '# <script>alert(1)</script>',
  '`<script>`\n\n```html\n<script>alert(1)</script>\n```',
  '<style>@import "https://evil.example"</style>',
  '<form action="https://evil.example"><input name=a></form>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
];

describe('markdown of another’s making', () => {
  it.each(HOSTILE)('becomes nothing but what is allowed: %j', (text) => {
    const markup = shown(text);
    for (const name of names(markup)) expect(ALLOWED, `${name} in ${markup}`).toContain(name);
    expect(markup).not.toMatch(/<[^>]* (on[a-z]+|src|srcset|style|action)=/i);
    for (const [, href] of markup.matchAll(/ href="([^"]*)"/g)) expect(href).toMatch(/^https?:/);
  });

  it('shows HTML as the characters that it consists of, so that nothing of the evidence is lost', () => {
    expect(shown('before <b onclick="x">bold</b> after')).toContain('&lt;b onclick=&quot;x&quot;&gt;');
    expect(shown('<script>alert(1)</script>')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('sends a reader away only by a link that says where to, and tells nothing of where they come from', () => {
    const markup = shown('[a paper](https://example.org/x)');
    expect(markup).toContain('href="https://example.org/x"');
    expect(markup).toContain('rel="noopener noreferrer nofollow"');
    expect(markup).toContain('title="https://example.org/x"');
  });

  it('sends nobody to an address that the one gate for addresses refuses, and tells of it', () => {
    for (const address of [
      'mailto:a@example.org',
      'https://user:secret@example.org/',
      'javascript:alert(1)',
    ]) {
      const markup = shown(`[a paper](${address})`);
      expect(markup).not.toContain('<a');
      expect(markup.replace(/<[^>]+>/g, '')).toContain(`a paper [to ${address}]`);
    }
  });

  it('tells of a picture instead of fetching it', () => {
    expect(shown('![a cat](https://example.org/cat.png)')).toContain(
      '[Picture: a cat at https://example.org/cat.png]',
    );
  });
});
