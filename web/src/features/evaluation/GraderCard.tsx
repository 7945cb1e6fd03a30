import type { GraderCardFragment } from '@/graphql/generated/graphql.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { ExternalLink } from '@/ui/ExternalLink.tsx';
import { Day, Facts, Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';

/** Who judged, by which prompt and parser, under which standard, and who approved that. */
export function GraderCard({ grader }: { grader: GraderCardFragment }) {
  const standard = grader.standardVersion;
  return (
    <article className="rounded-lg border border-line bg-surface p-4 text-sm">
      <h3 className="mb-2 flex flex-wrap items-center gap-2 font-semibold">
        {grader.name} <span className="font-normal text-ink-3">{grader.version}</span>
        <Badge>{words(grader.kind)}</Badge>
        <CitationMark citation={grader.citation} of={grader.name} />
      </h3>
      <Facts
        items={[
          {
            name: 'Model',
            value: grader.model ? (
              <RefLink refOf={grader.model.ref}>{grader.model.label}</RefLink>
            ) : (
              <Unknown />
            ),
          },
          { name: 'Parser', value: grader.parser ?? <Unknown /> },
          { name: 'Owner', value: grader.owner ?? <Unknown /> },
          { name: 'Approved by', value: grader.approvedBy ?? <Unknown /> },
          {
            name: 'Standard',
            value: standard ? (
              `${standard.standard.title}, ${standard.label}`
            ) : (
              <Unknown what="no standard recorded" />
            ),
          },
        ]}
      />
      {grader.prompt ? <Text summary="Prompt">{grader.prompt}</Text> : null}
      {standard ? (
        <div className="mt-3 border-t border-line pt-3">
          <p className="text-ink-2">
            {words(standard.standard.kind)} by{' '}
            {standard.authors.length ? standard.authors.join(', ') : 'authors not recorded'}, published{' '}
            <Day value={standard.publishedAt} unknown="on a date not recorded" />
            <CitationMark citation={standard.citation} of={standard.label} />
          </p>
          {standard.url ? (
            <p className="break-words">
              <ExternalLink href={standard.url} />
            </p>
          ) : null}
          <ul className="mt-1">
            {standard.approvals.map((a) => (
              <li key={`${a.by} ${a.decision} ${a.at}`}>
                <span className="font-medium">{a.by}</span>: {words(a.decision)}
                {a.at ? (
                  <span className="text-ink-3">
                    , <Day value={a.at} />
                  </span>
                ) : null}
                {a.comment ? <span className="text-ink-2">, “{a.comment}”</span> : null}
                {a.citation ? <CitationMark citation={a.citation} of={`the decision of ${a.by}`} /> : null}
              </li>
            ))}
            {standard.approvals.length === 0 ? (
              <li className="text-ink-3">No approval or dissent is recorded.</li>
            ) : null}
          </ul>
          {standard.text ? <Text summary="Text of the standard">{standard.text}</Text> : null}
        </div>
      ) : null}
    </article>
  );
}

function Text({ summary, children }: { summary: string; children: string }) {
  return (
    <details className="mt-2">
      <summary className="font-medium text-accent">{summary}</summary>
      <pre className="mt-1 max-h-80 overflow-y-auto rounded border border-line bg-sunken p-2 font-mono text-xs break-words whitespace-pre-wrap">
        {children}
      </pre>
    </details>
  );
}
