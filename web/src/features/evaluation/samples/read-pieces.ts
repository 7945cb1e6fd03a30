// A transcript comes in pieces; what is kept of it as evidence must be the whole of what is to be had.

interface Piece {
  messages: readonly { index: number }[];
}

/** What the API gives of a transcript's messages at once. */
export const PIECE = 1_000;

/** The place where the piece after this one begins; null where this was the last. */
export function nextPiece({ messages }: Piece): number | null {
  const last = messages.at(-1);
  return messages.length === PIECE && last ? last.index + 1 : null;
}

/**
 * A piece as it was answered. Fails where a later one is not to be had any more, as once a ticket has ended: empty as it
 * is, it would pass for the end of the transcript.
 */
export function openPiece<Of extends { unavailable?: string | null }>(piece: Of, from: number): Of {
  if (from > 0 && piece.unavailable) throw new Error(piece.unavailable);
  return piece;
}

/** The transcript, and the messages of all its pieces in the order of the log; fails where one piece fails. */
export async function readPieces<Of extends Piece>(read: (from: number) => Promise<Of>) {
  const transcript = await read(0);
  const messages: Of['messages'][number][] = [...transcript.messages];
  let from = nextPiece(transcript);
  while (from !== null) {
    const piece = await read(from);
    messages.push(...piece.messages);
    from = nextPiece(piece);
  }
  return { transcript, messages };
}
