// Follows the one zstd frame of a zip member (RFC 8878, 3.1.1), so that it asks for no more memory than is allowed.
import { Refusal } from './refusal.ts';

/**
 * The memory that a frame may ask for, in bytes: what every decoder is recommended to allow (RFC 8878, 3.1.1.1.2), and more
 * than any level of compression takes without being told to take much.
 */
export const LARGEST_WINDOW = 8 * 1024 * 1024;

const MAGIC = 0xfd2fb528;
const RLE = 1;

/**
 * Looks at the compressed bytes before the decoder does. A decoder takes frame after frame and what is to be skipped
 * between them, and each may ask for a window of its own; a member that Inspect writes, or reads, is one frame.
 * Throws `Refusal` for a larger window and for bytes after the frame, `Error` where no frame begins.
 */
export class OneZstdFrame {
  #next: (field: Buffer) => void = (field) => this.#start(field);
  /** The header of a frame or block, while it is not whole. */
  #field: Buffer = Buffer.alloc(0);
  #wanted = 5;
  /** Bytes of a block, or of a checksum, still to pass. */
  #toPass = 0;
  #checksum = 0;
  /** Those whose headers have passed: the decoder works through its whole window for each. */
  blocks = 0;

  look(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#toPass > 0) {
        const passed = Math.min(this.#toPass, chunk.length - at);
        this.#toPass -= passed;
        at += passed;
        continue;
      }
      if (this.#wanted === 0) throw new Refusal('It goes on after its zstd frame, and one frame is read.');
      const piece = chunk.subarray(at, at + this.#wanted - this.#field.length);
      at += piece.length;
      this.#field = this.#field.length === 0 ? piece : Buffer.concat([this.#field, piece]);
      if (this.#field.length < this.#wanted) return;
      const field = this.#field;
      this.#field = Buffer.alloc(0);
      this.#next(field);
    }
  }

  #start(field: Buffer): void {
    if (field.readUInt32LE(0) !== MAGIC) throw new Error('it does not begin with a zstd frame');
    const flags = field[4]!;
    this.#checksum = (flags & 4) === 0 ? 0 : 4;
    const single = (flags & 0x20) !== 0;
    const sizeAt = (single ? 0 : 1) + [0, 1, 2, 4][flags & 3]!;
    const sizeBytes = flags >> 6 === 0 ? Number(single) : 2 ** (flags >> 6);
    this.#wanted = sizeAt + sizeBytes;
    this.#next = (header) => {
      const window = single ? contentSize(header, sizeAt, sizeBytes) : windowOf(header[0]!);
      if (window > LARGEST_WINDOW) throw new Refusal('The zstd frame asks for too large a window.');
      this.#awaitBlock();
    };
  }

  #awaitBlock(): void {
    this.#wanted = 3;
    this.#next = (header) => {
      this.blocks += 1;
      const about = header.readUIntLE(0, 3);
      const last = (about & 1) === 1;
      this.#toPass = ((about >> 1) & 3) === RLE ? 1 : about >> 3;
      if (!last) return;
      this.#toPass += this.#checksum;
      this.#wanted = 0;
    };
  }
}

function windowOf(descriptor: number): number {
  return 2 ** (10 + (descriptor >> 3)) * (1 + (descriptor & 7) / 8);
}

/** A frame of a single segment has a window of its content's size. */
function contentSize(header: Buffer, at: number, bytes: number): number {
  if (bytes === 8) return Number(header.readBigUInt64LE(at));
  return header.readUIntLE(at, bytes) + (bytes === 2 ? 256 : 0);
}
