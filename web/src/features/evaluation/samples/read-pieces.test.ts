import { describe, expect, it } from 'vitest';
import { openPiece, PIECE, readPieces } from './read-pieces.ts';

/** A log of so many messages, read as the API gives it: a thousand at a time. */
function logOf(count: number) {
  const asked: number[] = [];
  const read = async (from: number) => {
    asked.push(from);
    const messages = Array.from({ length: Math.min(PIECE, count - from) }, (_, i) => ({ index: from + i }));
    return { messageCount: count, messages };
  };
  return { asked, read };
}

describe('a transcript that is read for evidence', () => {
  it.each([
    [0, [0]],
    [1, [0]],
    [999, [0]],
    [1_000, [0, 1_000]],
    [2_345, [0, 1_000, 2_000]],
    [5_000, [0, 1_000, 2_000, 3_000, 4_000, 5_000]],
  ])('is read whole, of %i messages', async (count, pieces) => {
    const log = logOf(count);
    const { messages, transcript } = await readPieces(log.read);
    expect(messages.map((one) => one.index)).toEqual(Array.from({ length: count }, (_, i) => i));
    expect(transcript.messageCount).toBe(count);
    expect(log.asked).toEqual(pieces);
  });

  it('is not taken for whole where a piece of it fails', async () => {
    const log = logOf(1_500);
    const failing = async (from: number) => {
      if (from > 0) throw new Error('It is not reachable.');
      return log.read(from);
    };
    await expect(readPieces(failing)).rejects.toThrow('not reachable');
  });
});

describe('a piece that is not to be had', () => {
  const closed = { unavailable: 'It is read with a reason.', messages: [] };

  it('says so where it is the first, and fails where it is a later one, which would look like the end', () => {
    expect(openPiece(closed, 0)).toBe(closed);
    expect(() => openPiece(closed, 1_000)).toThrow('It is read with a reason.');
    expect(openPiece({ ...closed, unavailable: null }, 1_000)).toEqual({ unavailable: null, messages: [] });
  });
});
