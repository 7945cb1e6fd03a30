import { Notice } from '@/ui/Notice.tsx';
import { grouped, plural, words } from '@/ui/numbers.ts';
import type { Conversation, Turn } from './read-transcript.ts';
import type { Verdict } from './transcript-outline.ts';

export function PlainText({ text }: { text: string }) {
  return <pre className="font-mono text-xs leading-5 break-words whitespace-pre-wrap">{text}</pre>;
}

/** A conversation below what a reader must know of it: what of it is missing, what went wrong, how it was judged. */
export function ConversationView({ conversation }: { conversation: Conversation }) {
  const { turns, verdicts } = conversation;
  return (
    <div className="flex flex-col gap-2.5">
      <NotShown conversation={conversation} />
      <WentWrong conversation={conversation} />
      {verdicts.length > 0 ? <Verdicts verdicts={verdicts} /> : null}
      <p className="text-xs text-ink-2">{countOf(conversation)}</p>
      <ol className="flex flex-col gap-2.5">
        {turns.map((turn, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the turns of a record never change their order
          <TurnView key={index} turn={turn} />
        ))}
      </ol>
    </div>
  );
}

function countOf({ turns, messageCount }: Conversation): string {
  return messageCount !== null && messageCount > turns.length
    ? `${grouped(turns.length)} of ${plural(messageCount, 'message')}`
    : plural(turns.length, 'message');
}

function NotShown({ conversation: { notShown } }: { conversation: Conversation }) {
  if (notShown.length === 0) return null;
  return (
    <Notice tone="warning" title="Not all of it is here">
      <ul>
        {notShown.map((sentence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what is said of a record never changes its order
          <li key={index} className="break-words">
            {sentence}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function WentWrong({ conversation: { error, limit, turns } }: { conversation: Conversation }) {
  const failed = turns.filter((turn) => turn.error !== null).length;
  if (error === null && limit === null && failed === 0) return null;
  return (
    <Notice tone="danger" title="What went wrong">
      {error === null ? null : <PlainText text={error} />}
      {limit === null ? null : <p className="break-words">Ended by its allowance: {limit}</p>}
      {failed === 0 ? null : (
        <p>{plural(failed, 'message')} with an error of a tool, which stands with it below.</p>
      )}
    </Notice>
  );
}

function Verdicts({ verdicts }: { verdicts: readonly Verdict[] }) {
  return (
    <section aria-label="Verdicts" className="rounded-md border border-line bg-surface px-3 py-2">
      <p className="mb-1 text-xs font-semibold text-ink-2">Verdicts</p>
      <dl className="flex flex-col gap-2 text-sm">
        {verdicts.map(({ scorer, said }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the verdicts of a record never change their order
          <div key={index}>
            <dt className="font-medium break-words">{scorer}</dt>
            {said.length === 0 ? <dd className="text-xs text-ink-3">Nothing said.</dd> : null}
            {said.map(({ name, text }) => (
              <dd key={name} className="mt-0.5">
                <span className="text-xs text-ink-3">{name}</span>
                <PlainText text={text} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  );
}

function TurnView({ turn }: { turn: Turn }) {
  return (
    <li className="rounded-md border border-line bg-surface px-3 py-2">
      <p className="mb-1 text-xs text-ink-2">
        <span className="font-semibold">{words(turn.role)}</span>
        {turn.tool ? <span className="ml-2 font-mono break-words">{turn.tool}</span> : null}
      </p>
      {turn.text ? <PlainText text={turn.text} /> : null}
      {turn.error ? (
        <div className="mt-1 text-danger">
          <p className="text-xs font-medium">Error</p>
          <PlainText text={turn.error} />
        </div>
      ) : null}
      {turn.text || turn.error ? null : <p className="text-xs text-ink-3">Nothing said.</p>}
    </li>
  );
}
