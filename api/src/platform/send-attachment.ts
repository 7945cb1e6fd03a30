import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { log } from './log.ts';
import { AccessRefusal } from './refusal.ts';

export interface Attachment {
  content: AsyncGenerator<Buffer>;
  bytes: bigint;
  /** SHA-256 in hexadecimal. */
  digest: string;
  /** Nothing that a browser would run or draw. */
  mediaType: string;
  name: string;
  /** What the log calls it where it does not open. */
  logged: Record<string, string>;
  /** Whether whoever asked may still have it, while it is on its way in pieces; an AccessRefusal says no as well. */
  stillAllowed?(): Promise<boolean>;
}

/** So long after it was asked whether somebody may still have a file it is asked again, before any more of it goes out. */
const ALLOWED_FOR_MS = 500;

class NoLongerAllowed extends Error {}

/** Answers with bytes that are to be kept and not shown, or with their headers alone where these are asked for. */
export async function sendAttachment(request: Request, response: Response, file: Attachment): Promise<void> {
  const { content, bytes, digest, mediaType, name } = file;
  // Where the object is gone or does not open, there is an error to answer and not half a file.
  const first = await content.next();
  response.status(200).set({
    'content-type': mediaType,
    'content-length': String(bytes),
    'content-disposition': attachment(name),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'repr-digest': `sha-256=:${Buffer.from(digest, 'hex').toString('base64')}:`,
  });
  if (request.method === 'HEAD' || first.done === true) {
    await content.return(undefined);
    response.end();
    return;
  }
  try {
    await pipeline(whileAllowed(first.value, file), response);
  } catch (error) {
    // The length was told, so whoever reads sees that the end is missing.
    const gone = (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!gone && !(error instanceof NoLongerAllowed))
      log.error({ ...file.logged, error: error instanceof Error ? error.message : 'unknown' });
    response.destroy();
  }
}

/** The first piece and the rest, as long as they may be had: reading slowly lets nobody have what was taken from them. */
async function* whileAllowed(
  first: Buffer,
  { content, stillAllowed = async () => true }: Pick<Attachment, 'content' | 'stillAllowed'>,
): AsyncGenerator<Buffer> {
  let asked = performance.now();
  try {
    yield first;
    for await (const piece of content) {
      if (performance.now() - asked > ALLOWED_FOR_MS) {
        if (!(await isAllowed(stillAllowed))) throw new NoLongerAllowed();
        asked = performance.now();
      }
      yield piece;
    }
  } finally {
    await content.return(undefined);
  }
}

async function isAllowed(ask: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AccessRefusal) return false;
    throw error;
  }
}

/** `attachment` with the name in both forms of RFC 6266: old clients read the first, which is ASCII alone. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  // What encodeURIComponent leaves and RFC 5987 does not allow.
  const encoded = encodeURIComponent(Buffer.from(name, 'utf8').toString('utf8')).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
