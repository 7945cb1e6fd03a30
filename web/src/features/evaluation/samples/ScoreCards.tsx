import type { TranscriptVerdictFragment } from '@/graphql/generated/graphql.ts';
import { holdsAfter } from './find-in-messages.ts';
import { LongText, Marked } from './LongText.tsx';

type Edit = TranscriptVerdictFragment['history'][number];

/** How each scorer judged, with its words, and how the verdict was edited since; what is searched for is marked. */
export function ScoreCards(props: { scores: readonly TranscriptVerdictFragment[]; search: string }) {
  const { scores, search } = props;
  if (scores.length === 0) return <p className="text-sm text-ink-3">No scorer judged this sample.</p>;
  return (
    <ul className="grid gap-3 lg:grid-cols-2">
      {scores.map((score) => (
        <li key={score.scorer} className="min-w-0 rounded-lg border border-line bg-surface p-3.5 text-sm">
          <h3 className="font-semibold break-words">{score.scorer}</h3>
          <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
            <Verdict of={score.scorer} said={score} search={search} />
          </dl>
          {score.metadata ? (
            <details className="mt-1" open={holdsAfter(score.metadata, search, 0) || undefined}>
              <summary className="text-xs text-ink-2">What else it said</summary>
              <LongText
                text={score.metadata}
                of={`what else ${score.scorer} said`}
                fold="message"
                search={search}
                className="font-mono text-xs"
              />
            </details>
          ) : null}
          {score.history.length > 0 ? (
            <History of={score.scorer} edits={score.history} search={search} />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function History({ of, edits, search }: { of: string; edits: readonly Edit[]; search: string }) {
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
              {edit.reason ? (
                <>
                  : <Marked text={edit.reason} search={search} />
                </>
              ) : null}
            </p>
            <dl className="grid grid-cols-[auto_1fr] gap-x-3">
              <Verdict of={`${of}, edit ${index + 1}`} said={edit} search={search} />
            </dl>
          </li>
        ))}
      </ol>
    </section>
  );
}

type Said = Pick<Edit, 'value' | 'answer' | 'explanation'>;

function Verdict({ of, said, search }: { of: string; said: Said; search: string }) {
  return (
    <>
      <Line name="Value" of={of} text={said.value} search={search} />
      <Line name="Answer" of={of} text={said.answer} search={search} />
      <Line name="Explanation" of={of} text={said.explanation} search={search} />
    </>
  );
}

function Line(props: { name: string; of: string; text?: string | null; search: string }) {
  const { name, text } = props;
  if (text === null || text === undefined) return null;
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">
        <LongText
          text={text}
          of={`the ${name.toLowerCase()} of ${props.of}`}
          fold="card"
          search={props.search}
        />
      </dd>
    </>
  );
}
