'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { useDraftOwner } from '@/features/shell/ViewerContext.tsx';
import type { RecordedJudgementFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { percent, plural } from '@/ui/numbers.ts';
import { ProgressBar } from '@/ui/ProgressBar.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { TranscriptReader } from '../samples/TranscriptReader.tsx';
import { JudgementForm } from './JudgementForm.tsx';
import { type Draft, type Judgement, type Judging, keyOf, nextOpen, toSend } from './judgement-draft.ts';
import { JUDGE_SAMPLES } from './judging-documents.ts';
import { RecordedJudgements } from './RecordedJudgements.tsx';
import { type SamplesToJudge, useDraft, useSamplesToJudge } from './use-judging.ts';

/** One sample after the other, what was said of them kept in the browser until it is recorded. */
export function JudgeSamples(props: {
  name: string;
  judging: Judging;
  /** What was recorded in this way before, taken back or not. */
  before: readonly RecordedJudgementFragment[];
}) {
  const { name, judging, before } = props;
  const owner = useDraftOwner();
  const { data, isPending, error, refetch } = useSamplesToJudge(judging.run, judging.condition);
  if (isPending)
    return (
      <div role="status" aria-label="Reading which samples there are">
        <Skeleton className="h-[60vh]" />
      </div>
    );
  if (error)
    return (
      <Notice tone="danger" title="The samples are not to be had">
        {error.message}{' '}
        <Button size="sm" onClick={() => void refetch()}>
          Try again
        </Button>
      </Notice>
    );
  if (data.samples.length === 0)
    return (
      <EmptyState
        kind="no-match"
        title="No sample is recorded under this condition"
        action={
          <Button asChild>
            <Link href={paths.judge(name)}>Choose again</Link>
          </Button>
        }
      />
    );
  return <Judge key={owner} owner={owner} name={name} judging={judging} before={before} found={data} />;
}

interface JudgeProps {
  name: string;
  judging: Judging;
  before: readonly RecordedJudgementFragment[];
  found: SamplesToJudge;
}

function Judge({ name, judging, before, found, owner }: JudgeProps & { owner: string | null }) {
  const { samples, total } = found;
  const { draft, say, forget } = useDraft(judging, owner);
  const [at, setAt] = useState(0);
  // Reasons stay where they were typed, also of a sample that is skipped before anything is said of it.
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const sample = samples[Math.min(at, samples.length - 1)]!;
  const judged = toSend(draft, samples);
  const onSay = (said: Judgement | null, goOn: boolean) => {
    say(sample, said);
    if (said === null || !goOn) return;
    const next = nextOpen({ ...draft, [keyOf(sample)]: said }, samples, at);
    if (next !== null) setAt(next);
  };
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <section aria-labelledby="sample" className="min-w-0">
        <h2 id="sample" className="mb-3 text-lg font-semibold break-words">
          Sample {sample.sampleId || '(no name)'}
          {sample.epoch === 1 ? '' : `, epoch ${sample.epoch}`}
        </h2>
        <TranscriptReader key={sample.id} sample={sample.id} run={name} disturbing={false} signedIn blind />
      </section>
      <aside
        aria-label="What you say"
        className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4 lg:sticky lg:top-4"
      >
        <p className="text-sm">
          Does it show <strong className="font-semibold">{judging.behavior}</strong>? You judge as{' '}
          <span className="font-medium">{judging.grader}</span>
          {judging.condition ? `, under the condition ${judging.condition}` : ''}.
        </p>
        <JudgementForm
          key={sample.id}
          said={draft[keyOf(sample)] ?? null}
          explanation={typed[keyOf(sample)] ?? draft[keyOf(sample)]?.explanation ?? ''}
          onExplain={(explanation) => setTyped((before) => ({ ...before, [keyOf(sample)]: explanation }))}
          onSay={onSay}
          onMove={(by) => setAt(Math.max(0, Math.min(samples.length - 1, at + by)))}
          place={`${(at + 1).toLocaleString('en')} of ${samples.length.toLocaleString('en')}`}
          first={at === 0}
          last={at === samples.length - 1}
        />
        <div>
          <ProgressBar label="Judged" value={judged.length} of={samples.length} />
          <p className="mt-1 text-xs text-ink-2" aria-live="polite">
            {judged.length.toLocaleString('en')} of {plural(samples.length, 'sample')} judged, kept in this
            browser until you record them.
            {total > samples.length
              ? ` The run has ${total.toLocaleString('en')}; these are the first of its log.`
              : ''}
          </p>
        </div>
        <Record
          name={name}
          judging={judging}
          before={before}
          draft={draft}
          found={found}
          forget={() => {
            forget();
            setTyped({});
          }}
        />
        <RecordedJudgements judgements={before} blocked={null} blind />
      </aside>
    </div>
  );
}

function Record(props: JudgeProps & { draft: Draft; forget: () => void }) {
  const { name, judging, before, draft, found, forget } = props;
  const router = useRouter();
  const { write, busy, failure } = useWrite(JUDGE_SAMPLES, 'judgeSamples');
  const [done, setDone] = useState<{ id: string; rate?: number | null; sampleCount?: number | null } | null>(
    null,
  );
  const judged = toSend(draft, found.samples);
  const record = async () => {
    const { run: evalRun, behavior, grader, condition } = judging;
    const made = await write({ evalRun, behavior, grader, condition, samples: judged });
    if (!made) return;
    forget();
    setDone(made.measurement);
    // What was recorded before is read anew: this is among it now.
    router.refresh();
  };
  const takenBack = before.some(({ id, retractedAt }) => id === done?.id && retractedAt);
  const open = found.total - judged.length;
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      {failure ? (
        <Notice tone="danger" role="alert">
          {failure.message} What you said is kept.
        </Notice>
      ) : null}
      {done && !takenBack && judged.length === 0 ? (
        <Notice title="Recorded" role="status">
          {done.rate == null
            ? 'None of them was told either way. '
            : `${percent(done.rate)} of ${plural(done.sampleCount ?? 0, 'sample')} showed it. `}
          <Link className="underline" href={`${paths.evalRun(name)}#agreement`}>
            See how far you agree with the others
          </Link>
        </Notice>
      ) : null}
      <Button
        look="primary"
        busy={busy}
        onClick={() => void record()}
        disabledReason={judged.length === 0 ? 'Judge a sample first.' : null}
      >
        {busy ? 'Recording…' : `Record ${plural(judged.length, 'judgement')}`}
      </Button>
      {judged.length > 0 && open > 0 ? (
        <p className="text-xs text-ink-2">
          {plural(open, 'sample')} that you did not judge count as unscored, never as “not exhibited”.
        </p>
      ) : null}
    </div>
  );
}
