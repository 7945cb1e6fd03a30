// Where a text occurs in a transcript, and where it is to be marked.

interface Holds {
  error?: string | null;
  parts: readonly { text: string; name?: string | null }[];
}

/** Whether a text holds `search`, whatever its case, so that its end lies behind `from`. */
export function holdsAfter(text: string, search: string, from: number): boolean {
  const wanted = search.trim().toLowerCase();
  return wanted !== '' && text.toLowerCase().includes(wanted, Math.max(0, from - wanted.length + 1));
}

interface Verdict {
  value?: string | null;
  answer?: string | null;
  explanation?: string | null;
}

interface Judged extends Verdict {
  metadata?: string | null;
  history: readonly (Verdict & { reason?: string | null })[];
}

/** How many of the scores hold `search` in what the scorer said, or in an edit of it. */
export function scoresHolding(scores: readonly Judged[], search: string): number {
  const texts = (said: Verdict) => [said.value, said.answer, said.explanation];
  return scores.filter((score) =>
    [...texts(score), score.metadata, ...score.history.flatMap((edit) => [...texts(edit), edit.reason])].some(
      (text) => holdsAfter(text ?? '', search, 0),
    ),
  ).length;
}

/** The positions, in the list, of the messages that hold `search`, whatever its case; none where it is empty. */
export function hitsIn(messages: readonly Holds[], search: string): number[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return [];
  const holds = (text: string | null | undefined) => text?.toLowerCase().includes(wanted) ?? false;
  return messages.flatMap((message, position) =>
    holds(message.error) || message.parts.some((part) => holds(part.text) || holds(part.name))
      ? [position]
      : [],
  );
}

/** The hit after `from` (or before it), going on at the other end; null where there is none. */
export function nextHit(hits: readonly number[], from: number, by: 1 | -1): number | null {
  if (hits.length === 0) return null;
  const beyond = by === 1 ? hits.find((hit) => hit > from) : hits.findLast((hit) => hit < from);
  return beyond ?? (by === 1 ? hits[0] : hits.at(-1)) ?? null;
}

/** The text in pieces, every second of which is what was searched for. Case folding that changes lengths marks nothing. */
export function marked(text: string, search: string): string[] {
  const wanted = search.trim().toLowerCase();
  const low = text.toLowerCase();
  if (wanted === '' || low.length !== text.length) return [text];
  const pieces: string[] = [];
  let from = 0;
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, from)) {
    pieces.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...pieces, text.slice(from)];
}
