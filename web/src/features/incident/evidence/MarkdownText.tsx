import type { ComponentProps } from 'react';
import Markdown from 'react-markdown';
import { ExternalLink } from '@/ui/ExternalLink.tsx';
import { safeHref } from '@/ui/safe-href.ts';

/** All that a text may become. Whatever else it says, HTML too, is shown as the characters that it consists of. */
const ELEMENTS = [
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'strong',
  'em',
  'code',
  'pre',
  'blockquote',
  'ul',
  'ol',
  'li',
  'hr',
  'br',
  'a',
  'img',
];

/** Through the one gate for addresses; one that it refuses is told of, so that nothing of the evidence is lost. */
function Link({ href, children }: ComponentProps<'a'>) {
  if (href && safeHref(href)) return <ExternalLink href={href}>{children}</ExternalLink>;
  return (
    <span>
      {children}
      {href ? <span className="text-ink-3"> [to {href}]</span> : null}
    </span>
  );
}

/** A picture would tell another server who reads this, so it is only told of. */
function Picture({ src, alt }: ComponentProps<'img'>) {
  return (
    <span className="text-ink-3">
      [Picture{alt ? `: ${alt}` : ''}
      {typeof src === 'string' && src ? ` at ${src}` : ''}]
    </span>
  );
}

const heading = (className: string) =>
  function Heading({ children }: { children?: React.ReactNode }) {
    // No heading of the page's own: its outline is not the text's to change.
    return <p className={className}>{children}</p>;
  };

const COMPONENTS = {
  a: Link,
  img: Picture,
  h1: heading('text-lg font-semibold'),
  h2: heading('text-base font-semibold'),
  h3: heading('font-semibold'),
  h4: heading('font-semibold'),
  h5: heading('font-medium'),
  h6: heading('font-medium'),
};

/** A text in markdown, of another's making: by a list of what is allowed, and nothing of it is run or fetched. */
export default function MarkdownText({ text }: { text: string }) {
  return (
    <div className="flex max-w-prose flex-col gap-3 text-sm leading-6 break-words [&_blockquote]:border-l-2 [&_blockquote]:border-line-strong [&_blockquote]:pl-3 [&_blockquote]:text-ink-2 [&_code]:font-mono [&_code]:text-xs [&_ol]:list-decimal [&_ol]:pl-5 [&_pre]:overflow-x-auto [&_pre]:rounded-md [&_pre]:border [&_pre]:border-line [&_pre]:bg-surface [&_pre]:p-2.5 [&_ul]:list-disc [&_ul]:pl-5">
      <Markdown
        allowedElements={ELEMENTS}
        unwrapDisallowed
        // Every address comes as it stands: what is made of one is for the two components to say.
        urlTransform={(url) => url}
        components={COMPONENTS}
      >
        {text}
      </Markdown>
    </div>
  );
}
