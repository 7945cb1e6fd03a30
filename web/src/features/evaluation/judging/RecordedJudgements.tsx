import type { RecordedJudgementFragment } from '@/graphql/generated/graphql.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Day } from '@/ui/Figure.tsx';
import { RetractJudgement } from './RetractJudgement.tsx';
import { figureWords, judgementWords } from './recorded-judgement.ts';

/** What people judged of a run, each to be taken back by itself; what was taken back stays, and looks so. */
export function RecordedJudgements(props: {
  judgements: readonly RecordedJudgementFragment[];
  blocked: string | null;
  /** Whoever is judging is not shown what came of it. */
  blind?: boolean;
}) {
  const { judgements, blocked, blind = false } = props;
  if (judgements.length === 0) return null;
  return (
    <section aria-labelledby="judged-by-people" className="mt-4">
      <h3 id="judged-by-people" className="mb-1.5 text-sm font-semibold">
        Judged by people
      </h3>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface text-sm">
        {judgements.map((one) => (
          <li
            key={one.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3.5 py-2"
          >
            <Said of={one} blind={blind} />
            {one.retractedAt ? null : (
              <RetractJudgement measurement={one.id} what={judgementWords(one)} blocked={blocked} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Said({ of, blind }: { of: RecordedJudgementFragment; blind: boolean }) {
  return (
    <div className="min-w-0 flex-1 basis-60 break-words">
      <p className={`first-letter:uppercase ${of.retractedAt ? 'text-ink-2' : ''}`}>
        {of.retractedAt ? (
          <>
            <Badge tone="warning">Taken back</Badge>{' '}
          </>
        ) : null}
        {judgementWords(of)}
        {blind ? '' : `: ${figureWords(of)}`}, recorded <Day value={of.recordedAt} />
      </p>
      {of.retractedAt ? (
        <p className="mt-0.5 whitespace-pre-wrap text-ink-2">
          By {of.retractedBy?.name ?? 'somebody'} on <Day value={of.retractedAt} />
          {of.retractionReason ? `: ${of.retractionReason}` : ''}
        </p>
      ) : null}
    </div>
  );
}
