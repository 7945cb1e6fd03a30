import type { IncidentWholeFragment } from '@/graphql/generated/graphql.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { ExternalLink } from '@/ui/ExternalLink.tsx';
import { Day } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';

/** What public catalogues say of the incident, each record in its own words behind a disclosure. */
export function OriginList({ origins }: { origins: IncidentWholeFragment['origins'] }) {
  if (origins.length === 0) return null;
  return (
    <>
      <h3 className="mt-5 mb-2 font-semibold">Brought in from</h3>
      <ul className="flex flex-col gap-2">
        {origins.map((one) => (
          <li key={`${one.catalogue} ${one.part} ${one.externalId} ${one.recordedAt}`}>
            {one.url ? (
              <ExternalLink href={one.url}>
                {one.catalogue} {one.externalId}
              </ExternalLink>
            ) : (
              [one.catalogue, one.externalId].filter(Boolean).join(' ')
            )}
            <span className="block text-xs text-ink-3">
              {words(one.part)} · brought in <Day value={one.recordedAt} />
            </span>
            <details>
              <summary className={`cursor-pointer text-xs ${linkLook}`}>What it says</summary>
              <pre
                // A long record scrolls by the keyboard too.
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
                tabIndex={0}
                className="mt-1 max-h-96 overflow-auto rounded border border-line bg-surface p-3 text-xs whitespace-pre-wrap"
              >
                {JSON.stringify(one.content, null, 2)}
              </pre>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
