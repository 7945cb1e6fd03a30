// What the routes that take a raw file have in common: what they accept, and how they refuse.
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { shownFileName } from './file-name.ts';
import { log } from './log.ts';
import { AccessRefusal, ConflictRefusal, NotFoundRefusal, Refusal } from './refusal.ts';

/** An answer that is none of the route's own: a status and a reason for the sender. */
export class HttpRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function tooLarge(largest: number): HttpRefusal {
  return new HttpRefusal(413, 'TOO_LARGE', `The file is larger than ${largest.toLocaleString('en')} bytes.`);
}

export const brokenOff = () => new HttpRefusal(400, 'BAD_REQUEST', 'The upload broke off.');

export function checkRawBody(request: Request, largest: number): void {
  const encoding = request.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity')
    throw new HttpRefusal(415, 'UNSUPPORTED', 'Send the file as it is, without Content-Encoding.');
  if (/^multipart\//i.test(request.get('content-type') ?? ''))
    throw new HttpRefusal(415, 'UNSUPPORTED', 'Send the file itself as the body, not a form.');
  if (Number(request.get('content-length') ?? 0) > largest) throw tooLarge(largest);
}

/** The body, refused beyond `largest` bytes or where it breaks off. The request stays whole, to be answered. */
export async function* boundedBody(request: Request, largest: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += (chunk as Buffer).length;
      if (bytes > largest) throw tooLarge(largest);
      yield chunk as Buffer;
    }
  } catch (error) {
    throw error instanceof HttpRefusal ? error : brokenOff();
  }
  if (!request.complete) throw brokenOff();
}

/** The name in `x-filename` (percent-encoded) or Content-Disposition, as it may be shown. */
export function fileNameOf(request: Request): string {
  return shownFileName(statedNameOf(request));
}

/** The same as it was sent, with any folders: never used as a path, and shown to nobody. */
export function statedNameOf(request: Request): string {
  const stated = request.get('x-filename') ?? dispositionName(request.get('content-disposition')) ?? '';
  try {
    return decodeURIComponent(stated);
  } catch {
    return stated;
  }
}

function dispositionName(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  return (
    /;\s*filename\*\s*=\s*utf-8'[^']*'([^;]+)/i.exec(header)?.[1]?.trim() ??
    /;\s*filename\s*=\s*"([^"]*)"/i.exec(header)?.[1] ??
    /;\s*filename\s*=\s*([^;\s]+)/i.exec(header)?.[1]
  );
}

const STATUS_OF_ACCESS = { UNAUTHENTICATED: 401, FORBIDDEN: 403, RATE_LIMITED: 429 } as const;
export const DRAIN_MS = 5_000;

/**
 * A sender that is still sending would not read the answer if the connection broke now, as it would if it were to be
 * closed after the answer: what still comes is let go by, for a time.
 */
function letGoBy(request: Request): void {
  if (request.complete) return;
  request.resume();
  setTimeout(() => {
    if (!request.complete) request.destroy();
  }, DRAIN_MS).unref();
}

/** Lets no body come in for ever that was answered before it was whole, whatever path it is sent to. */
export const endingUnread: RequestHandler = (request, response, next) => {
  response.once('finish', () => letGoBy(request));
  next();
};

export function refuse(request: Request, response: Response, error: unknown): void {
  const { status, ...said } = wordsOf(error);
  const wait = error instanceof AccessRefusal ? error.retryAfterSeconds : null;
  if (wait !== null && !response.headersSent) response.set('retry-after', String(wait));
  letGoBy(request);
  if (!response.headersSent && !response.destroyed) response.status(status).json({ error: said });
}

interface Words {
  status: number;
  code: string;
  message: string;
  /** Where in the input; left out where it is about no part of it. */
  path?: string[];
}

function wordsOf(error: unknown): Words {
  if (error instanceof HttpRefusal) return { status: error.status, code: error.code, message: error.message };
  if (error instanceof AccessRefusal)
    return { status: STATUS_OF_ACCESS[error.code], code: error.code, message: error.message };
  if (error instanceof Refusal) {
    const [status, code] =
      error instanceof NotFoundRefusal
        ? [404, 'NOT_FOUND']
        : error instanceof ConflictRefusal
          ? [409, 'CONFLICT']
          : [422, 'BAD_USER_INPUT'];
    return { status, code, message: error.message, path: error.path.map(String) };
  }
  const reference = randomUUID();
  log.error({ reference, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  const message = `Something went wrong here. Quote ${reference} to whoever runs this installation.`;
  return { status: 500, code: 'INTERNAL', message };
}
