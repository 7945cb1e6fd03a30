import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { log } from './log.ts';

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
}

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
    await pipeline(withFirst(first.value, content), response);
  } catch (error) {
    // The length was told, so whoever reads sees that the end is missing.
    const gone = (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!gone) log.error({ ...file.logged, error: error instanceof Error ? error.message : 'unknown' });
    response.destroy();
  }
}

async function* withFirst(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
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
