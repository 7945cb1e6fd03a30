// A file of which any piece can be read: a log that is kept sealed, of which only what is asked for is opened.
import { Readable } from 'node:stream';
import yauzl from 'yauzl';

export interface RandomFile {
  /** How many bytes it has. */
  bytes: number;
  /** `length` bytes from `from` on. */
  stream(from: number, length: number): AsyncGenerator<Buffer, void, undefined>;
}

const WINDOW = 256 * 1024;
const WINDOWS_HELD = 8;

/** For yauzl, which reads a directory by pieces of a few dozen bytes: these come out of windows that are held. */
export class RandomReader extends yauzl.RandomAccessReader {
  readonly #file: RandomFile;
  readonly #windows = new Map<number, Promise<Buffer>>();

  constructor(file: RandomFile) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#file.stream(start, end - start));
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#copy(buffer, offset, length, position).then(
      () => callback(null),
      (error: Error) => callback(error),
    );
  }

  async #copy(buffer: Buffer, offset: number, length: number, position: number): Promise<void> {
    for (let done = 0; done < length; ) {
      const at = position + done;
      const number = Math.floor(at / WINDOW);
      const window = await this.#window(number);
      const copied = window.copy(
        buffer,
        offset + done,
        at - number * WINDOW,
        at - number * WINDOW + length - done,
      );
      if (copied === 0) throw new Error('the file ends too early');
      done += copied;
    }
  }

  #window(number: number): Promise<Buffer> {
    const held = this.#windows.get(number);
    if (held !== undefined) return held;
    const from = number * WINDOW;
    const window = whole(this.#file.stream(from, Math.max(0, Math.min(WINDOW, this.#file.bytes - from))));
    this.#windows.set(number, window);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > WINDOWS_HELD && oldest !== undefined) this.#windows.delete(oldest);
    return window;
  }
}

async function whole(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}
