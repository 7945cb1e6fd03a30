import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { BODY, BODY_MS } from './limits.ts';
import { scanBody } from './scan-body.ts';
import { scanDocument } from './scan-document.ts';
import { scanVariables } from './scan-variables.ts';

/** A body that is refused: a message for its sender. */
export class BodyRefusal extends Error {
  readonly status = 400;
}

const parser = (limit: number): RequestHandler =>
  express.json({
    limit,
    inflate: false,
    verify: (_request, _response, body) => {
      const reason = scanBody(body);
      if (reason !== null) throw new BodyRefusal(reason);
    },
  });
const parsers = { anonymous: parser(BODY.bytes.anonymous), withToken: parser(BODY.bytes.withToken) };

const kindOf = (request: Request): keyof typeof parsers =>
  request.headers.authorization ? 'withToken' : 'anonymous';

/** Parses a body that `bodyGate` let through, once its bytes are known to be no trap for the parser. */
export const parseBody: RequestHandler = (request, response, next) =>
  parsers[kindOf(request)](request, response, next);

/** Says of a request how large its body may be. */
export function tooLarge(request: Request): string {
  const most = BODY.bytes[kindOf(request)].toLocaleString('en');
  return `The body is larger than ${most} bytes.`;
}

const PARAMETER = /^\s*([\w-]+)\s*=\s*(?:"([\w.-]*)"|([\w.-]+))\s*$/;

/**
 * Whether a Content-Type names UTF-8 or no charset. Values hold no semicolon here, quoted or not, so that the parser of
 * the body cannot read another charset out of the header than is read here.
 */
function isUtf8(contentType: string): boolean {
  const [, ...parameters] = contentType.split(';');
  return parameters.every((text) => {
    const [, name, quoted, plain] = PARAMETER.exec(text) ?? [];
    if (name === undefined) return text.trim() === '';
    return name.toLowerCase() !== 'charset' || (quoted ?? plain)?.toLowerCase() === 'utf-8';
  });
}

/** Lets through to the body's parser only what can be an operation, and ends a body that does not arrive. */
export const bodyGate: RequestHandler = (request, response, next) => {
  if (request.method !== 'POST') {
    response.set('allow', 'POST');
    refuse(response, 405, 'BAD_REQUEST', 'Send operations with POST.');
    return;
  }
  if (!request.is('application/json')) {
    refuse(response, 415, 'BAD_REQUEST', 'Send application/json.');
    return;
  }
  if (!isUtf8(request.headers['content-type'] ?? '')) {
    refuse(response, 415, 'BAD_REQUEST', 'Send JSON in UTF-8.');
    return;
  }
  const late = setTimeout(() => {
    if (request.complete) return;
    if (response.headersSent) {
      request.destroy();
      return;
    }
    refuse(response, 408, 'BAD_REQUEST', 'The body took too long to arrive.');
    response.once('finish', () => request.destroy());
  }, BODY_MS);
  for (const over of ['end', 'close', 'error']) request.once(over, () => clearTimeout(late));
  if (Number(request.headers['content-length'] ?? 0) > BODY.bytes[kindOf(request)]) {
    // Answered at once; the rest is taken and thrown away, so that the sender gets to read why.
    request.resume();
    response.status(413).json(refused('BAD_REQUEST', tooLarge(request)));
    return;
  }
  next();
};

/** Refuses by size and shape what no rule after it should have to look at: `request.body` is parsed JSON. */
export function documentGate(request: Request, response: Response, next: NextFunction): void {
  const { body } = request;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    refuse(response, 400, 'BAD_REQUEST', 'Send one operation: an object with `query` and `variables`.');
    return;
  }
  if (body.extensions?.persistedQuery !== undefined) {
    refuse(response, 400, 'PERSISTED_QUERY_NOT_SUPPORTED', 'Send the document itself.');
    return;
  }
  if (typeof body.query !== 'string' || body.query === '') {
    refuse(response, 400, 'BAD_REQUEST', 'Send the document as a string in `query`.');
    return;
  }
  if (!passed.has(body.query)) {
    const document = scanDocument(body.query);
    if (document !== null) {
      refuse(response, 400, document.code, document.message);
      return;
    }
    remember(body.query);
  }
  const variables = scanVariables(body.variables);
  if (variables !== null) {
    refuse(response, 400, 'BAD_USER_INPUT', variables);
    return;
  }
  next();
}

/** Short documents that were let through: what is asked again and again is not looked over again. */
const passed = new Set<string>();
const PASSED = { most: 500, characters: 5_000 };

function remember(document: string): void {
  if (document.length > PASSED.characters) return;
  if (passed.size >= PASSED.most) passed.clear();
  passed.add(document);
}

function refuse(response: Response, status: number, code: string, message: string): void {
  // A sender that is still sending is not read to the end.
  if (!response.req.complete) response.set('connection', 'close');
  response.status(status).json(refused(code, message));
}

const refused = (code: string, message: string) => ({ errors: [{ message, extensions: { code } }] });
