'use client';

import { TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useExpired } from '@/features/incident/evidence/use-expired.ts';
import { Button } from '@/ui/Button.tsx';
import { stored } from '@/ui/browser-storage.ts';
import { Notice } from '@/ui/Notice.tsx';
import { grouped, plural } from '@/ui/numbers.ts';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { scoresHolding } from './find-in-messages.ts';
import { MessageList } from './MessageList.tsx';
import { type Revealed, RevealTranscript } from './RevealTranscript.tsx';
import { ScoreCards } from './ScoreCards.tsx';
import { type Transcript, useTranscript } from './use-transcript.ts';

/** Whoever has said once that they want to see what a run holds is not asked again for its every sample. */
const remembered = (run: string) => `headwater.shown.${run}`;

/** A transcript behind its warning: nothing of it is fetched before somebody asks to see it. */
export function TranscriptReader(props: {
  sample: string;
  run: string;
  disturbing: boolean;
  signedIn: boolean;
  /** Whether what scorers said is kept from whoever reads. */
  blind?: boolean;
}) {
  const { sample, run, disturbing, signedIn, blind = false } = props;
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!disturbing || stored('sessionStorage', (storage) => storage.getItem(remembered(run))) === '1')
      setOpen(true);
  }, [disturbing, run]);
  if (!open)
    return (
      <Notice tone="warning" title="The model showed the behaviour in this sample">
        <p className="flex items-center gap-1.5">
          <TriangleAlert className="size-4 shrink-0" aria-hidden />
          What it says may disturb, or name people.
        </p>
        <Button
          className="mt-2"
          onClick={() => {
            stored('sessionStorage', (storage) => storage.setItem(remembered(run), '1'));
            setOpen(true);
          }}
        >
          Show the transcripts of this run
        </Button>
      </Notice>
    );
  return <OpenTranscript sample={sample} signedIn={signedIn} blind={blind} />;
}

function OpenTranscript(props: { sample: string; signedIn: boolean; blind: boolean }) {
  const { sample, signedIn, blind } = props;
  const [revealed, setRevealed] = useState<Revealed | null>(null);
  const ended = useExpired(revealed?.expiresAt ?? null);
  const read = useTranscript(sample, revealed?.ticket ?? null, ended);
  const { transcript, isPending, isError, error, refetch } = read;
  const closed = transcript?.unavailable ? transcript.revealedBy?.id : undefined;
  const importId = closed ?? (ended ? revealed?.importId : undefined);
  const reveal = importId ? (
    <RevealTranscript
      importId={importId}
      blocked={signedIn ? null : 'Sign in to give a reason.'}
      ended={revealed && (ended || closed) ? <Ended {...read} /> : null}
      onRevealed={setRevealed}
    />
  ) : null;
  if (closed || (ended && transcript === null)) return reveal;
  if (isPending)
    return (
      <div role="status" aria-label="Reading the transcript" className="flex flex-col gap-2">
        <Skeleton className="h-9" />
        <Skeleton className="h-[60vh]" />
      </div>
    );
  if (isError && transcript === null)
    return (
      <Notice tone="danger" title="The transcript is not to be had">
        {error?.message}{' '}
        <Button size="sm" onClick={() => void refetch()}>
          Try again
        </Button>
      </Notice>
    );
  if (transcript === null) return null;
  if (transcript.unavailable)
    return <Notice title="There is no transcript to read">{transcript.unavailable}</Notice>;
  return (
    <div className="flex flex-col gap-5">
      {reveal}
      <Read {...read} transcript={transcript} failure={isError && !ended ? error : null} blind={blind} />
    </div>
  );
}

type Messages = ReturnType<typeof useTranscript>['messages'];

/** What is left of it once its time is over. */
function Ended(props: { transcript: Transcript | null; messages: Messages; whole: boolean }) {
  const { transcript, messages, whole } = props;
  if (transcript === null || transcript.unavailable)
    return <p>Nothing of it was read in that time. The reason that you gave stays on record.</p>;
  return (
    <p>
      {whole
        ? 'What you have read stays here until you leave this page.'
        : `Only ${plural(messages.length, 'message')} of ${grouped(transcript.messageCount)} came in that time; they stay here until you leave this page.`}{' '}
      Reading it anew takes another reason.
    </p>
  );
}

/** What was read of a transcript. */
function Read(props: {
  transcript: Transcript;
  messages: Messages;
  whole: boolean;
  failure: Error | null;
  blind: boolean;
}) {
  const { transcript, failure, blind } = props;
  const [search, setSearch] = useState('');
  return (
    <>
      {transcript.cuts.length > 0 ? (
        <Notice tone="warning" title="Not all of it is shown">
          <ul className="list-disc pl-4">
            {transcript.cuts.map((cut) => (
              <li key={cut}>{cut}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {transcript.error || transcript.limit ? (
        <Notice tone="danger" title={transcript.error ? 'It ended in an error' : 'It ran into a limit'}>
          <span className="break-words whitespace-pre-wrap">{transcript.error ?? transcript.limit}</span>
        </Notice>
      ) : null}
      {blind ? null : (
        <section aria-labelledby="scores">
          <h2 id="scores" className="mb-2 text-base font-semibold">
            Scores
          </h2>
          <ScoreCards scores={transcript.scores} search={search} />
        </section>
      )}
      <section aria-labelledby="messages">
        <h2 id="messages" className="mb-2 text-base font-semibold">
          Messages
        </h2>
        {failure ? (
          <p className="mb-2 text-sm text-danger">Further messages did not come: {failure.message}</p>
        ) : null}
        <MessageList
          messages={props.messages}
          whole={props.whole}
          total={transcript.messageCount}
          search={search}
          onSearch={setSearch}
          scores={blind ? 0 : scoresHolding(transcript.scores, search)}
        />
      </section>
      {transcript.modelUsage.length > 0 ? (
        <section aria-labelledby="usage" className="text-sm">
          <h2 id="usage" className="mb-1 text-base font-semibold">
            Tokens
          </h2>
          <ul>
            {transcript.modelUsage.map((usage) => (
              <li key={usage.model}>
                {usage.model}: {amount(usage.inputTokens)} read, {amount(usage.outputTokens)} written
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

const amount = (tokens?: number | null) => (tokens == null ? 'not stated' : tokens.toLocaleString('en'));
