// What a route that answers with a file says to one caller, without a server between.
import { Writable } from 'node:stream';
import type { Request, RequestHandler, Response } from 'express';
import type { Context } from '../../api/src/context.ts';
import type { Admit } from '../../api/src/request-context.ts';

/** As much of an answer as these routes write: its status, and its body as one text. */
class Answer extends Writable {
  headersSent = false;
  code = 0;
  text = '';

  status(code: number): this {
    this.code = code;
    return this;
  }

  set(): this {
    return this;
  }

  json(said: unknown): void {
    this.end(JSON.stringify(said));
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.headersSent = true;
    this.text += chunk.toString();
    done();
  }
}

/** Asks the route in a context, with what stands in its address. */
export async function routeAnswer<P extends Record<string, string>>(
  route: (admit: Admit) => RequestHandler<P>,
  context: Context,
  { params, query = {} }: { params: P; query?: Record<string, string> },
): Promise<{ status: number; body: string }> {
  const answer = new Answer();
  const request = { params, query, method: 'GET', complete: true } as unknown as Request<P>;
  await route(async () => context)(request, answer as unknown as Response, (error) => {
    throw error;
  });
  return { status: answer.code, body: answer.text };
}
