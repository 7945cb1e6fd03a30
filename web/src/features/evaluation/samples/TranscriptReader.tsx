'use client';

import { TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/ui/Button.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { scoresHolding } from './find-in-messages.ts';
import { MessageList } from './MessageList.tsx';
import { RevealTranscript } from './RevealTranscript.tsx';
import { ScoreCards } from './ScoreCards.tsx';
import { useTranscript } from './use-transcript.ts';

/** Whoever has said once that they want to see what a run holds is not asked again for its every sample. */
const remembered = (run: string) => `headwater.shown.${run}`;

function stored<Result>(use: (storage: Storage) => Result): Result | null {
  try {
    return use(window.sessionStorage);
  } catch {
    return null;
  }
}

/** A transcript behind its warning: nothing of it is fetched before somebody asks to see it. */
export function TranscriptReader(props: {
  sample: string;
  run: string;
  disturbing: boolean;
  signedIn: boolean;
}) {
  const { sample, run, disturbing, signedIn } = props;
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!disturbing || stored((storage) => storage.getItem(remembered(run))) === '1') setOpen(true);
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
            stored((storage) => storage.setItem(remembered(run), '1'));
            setOpen(true);
          }}
        >
          Show the transcripts of this run
        </Button>
      </Notice>
    );
  return <OpenTranscript sample={sample} signedIn={signedIn} />;
}

function OpenTranscript({ sample, signedIn }: { sample: string; signedIn: boolean }) {
  const [ticket, setTicket] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const { transcript, messages, whole, isPending, isError, error, refetch } = useTranscript(sample, ticket);
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
  if (transcript.unavailable && transcript.revealedBy)
    return (
      <RevealTranscript
        importId={transcript.revealedBy.id}
        blocked={signedIn ? null : 'Sign in to give a reason.'}
        onRevealed={setTicket}
      />
    );
  if (transcript.unavailable)
    return <Notice title="There is no transcript to read">{transcript.unavailable}</Notice>;
  return (
    <div className="flex flex-col gap-5">
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
      <section aria-labelledby="scores">
        <h2 id="scores" className="mb-2 text-base font-semibold">
          Scores
        </h2>
        <ScoreCards scores={transcript.scores} search={search} />
      </section>
      <section aria-labelledby="messages">
        <h2 id="messages" className="mb-2 text-base font-semibold">
          Messages
        </h2>
        {isError ? (
          <p className="mb-2 text-sm text-danger">Further messages did not come: {error?.message}</p>
        ) : null}
        <MessageList
          messages={messages}
          whole={whole}
          total={transcript.messageCount}
          search={search}
          onSearch={setSearch}
          scores={scoresHolding(transcript.scores, search)}
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
    </div>
  );
}

const amount = (tokens?: number | null) => (tokens == null ? 'not stated' : tokens.toLocaleString('en'));
