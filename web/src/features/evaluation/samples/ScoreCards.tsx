import type { TranscriptVerdictFragment } from '@/graphql/generated/graphql.ts';

type Edit = TranscriptVerdictFragment['history'][number];

/** How each scorer judged, with its words, and how the verdict was edited since. */
export function ScoreCards({ scores }: { scores: readonly TranscriptVerdictFragment[] }) {
  if (scores.length === 0) return <p className="text-sm text-ink-3">No scorer judged this sample.</p>;
  return (
    <ul className="grid gap-3 lg:grid-cols-2">
      {scores.map((score) => (
        <li key={score.scorer} className="min-w-0 rounded-lg border border-line bg-surface p-3.5 text-sm">
          <h3 className="font-semibold break-words">{score.scorer}</h3>
          <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
            <Line name="Value" text={score.value} />
            <Line name="Answer" text={score.answer} />
            <Line name="Explanation" text={score.explanation} />
          </dl>
          {score.metadata ? (
            <details className="mt-1">
              <summary className="text-xs text-ink-2">What else it said</summary>
              <pre className="font-mono text-xs break-words whitespace-pre-wrap">{score.metadata}</pre>
            </details>
          ) : null}
          {score.history.length > 0 ? <History edits={score.history} /> : null}
        </li>
      ))}
    </ul>
  );
}

function History({ edits }: { edits: readonly Edit[] }) {
  return (
    <section className="mt-2 border-t border-line pt-2">
      <h4 className="text-xs font-semibold text-warning">Edited after the run</h4>
      <ol className="mt-1 flex flex-col gap-2">
        {edits.map((edit, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a history never changes its order
          <li key={index}>
            <p className="text-xs text-ink-2">
              {edit.author ? `By ${edit.author}` : 'As it was first given'}
              {edit.at ? `, ${edit.at}` : ''}
              {edit.reason ? `: ${edit.reason}` : ''}
            </p>
            <dl className="grid grid-cols-[auto_1fr] gap-x-3">
              <Line name="Value" text={edit.value} />
              <Line name="Answer" text={edit.answer} />
              <Line name="Explanation" text={edit.explanation} />
            </dl>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Line({ name, text }: { name: string; text?: string | null }) {
  if (text === null || text === undefined) return null;
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words whitespace-pre-wrap">{text}</dd>
    </>
  );
}
