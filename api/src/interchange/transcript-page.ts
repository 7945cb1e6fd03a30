// Pieces of a transcript: some of its messages, and which of them hold a text.
import { InputRefusal } from '../platform/refusal.ts';
import type { TranscriptMessage } from './inspect/transcript/transcript.ts';

export const MOST_MESSAGES = 1_000;
const LONGEST_SEARCH = 200;

/** Messages from a place on, by their places in the log; InputRefusal where more are asked for than are given at once. */
export function messagesFrom(
  messages: readonly TranscriptMessage[],
  { from, first }: { from: number; first: number },
): TranscriptMessage[] {
  if (from < 0) throw new InputRefusal(['from'], 'A place is counted from 0.', 'a number from 0');
  if (first < 1 || first > MOST_MESSAGES)
    throw new InputRefusal(
      ['first'],
      `At most ${MOST_MESSAGES} messages are given at once.`,
      `1 to ${MOST_MESSAGES}`,
    );
  return messages.filter((message) => message.index >= from).slice(0, first);
}

/** The places of the messages that hold `search`, whatever its case. */
export function messageHits(messages: readonly TranscriptMessage[], search: string): number[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '' || wanted.length > LONGEST_SEARCH)
    throw new InputRefusal(['search'], 'Search for a text.', `1 to ${LONGEST_SEARCH} characters`);
  const holds = (text: string | null) => text?.toLowerCase().includes(wanted) ?? false;
  return messages
    .filter(
      (message) => holds(message.error) || message.parts.some((part) => holds(part.text) || holds(part.name)),
    )
    .map((message) => message.index)
    .slice(0, MOST_MESSAGES);
}
