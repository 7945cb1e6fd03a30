import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type NextFunction, type Request, type Response } from 'express';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import helmet from 'helmet';
import { authenticate } from './access/authenticate.ts';
import type { Context, Services } from './context.ts';
import { buildSchema } from './graphql/schema.ts';
import { evidenceDownloadRoute } from './incident/evidence-download-route.ts';
import { evidenceUploadRoute } from './incident/evidence-upload-route.ts';
import { importRoute } from './interchange/import-route.ts';
import { log } from './platform/log.ts';
import { AccessRefusal, Refusal } from './platform/refusal.ts';
import { requestContext } from './request-context.ts';

const BODY_LIMIT = '2mb';
const MOST_TOKENS = 20_000;
const LONGEST_REQUEST_MS = 60 * 60_000;

export interface RunningApi {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Starts the API on `host:port` (0 picks a free port). Rejects with the system's error where it cannot listen. */
export async function startApi(options: {
  services: Services;
  host: string;
  port: number;
  /** In bytes; 1 GiB unless told. */
  largestEvidence?: number;
  /** Proxies beyond this machine whose X-Forwarded-For is believed. */
  trustedProxies?: readonly string[];
}): Promise<RunningApi> {
  const { services } = options;
  const app = express();
  const http = createServer(app);
  // A large file on a slow line takes longer than the five minutes that Node would give it.
  http.requestTimeout = LONGEST_REQUEST_MS;
  app.disable('x-powered-by');
  // The web asks for browsers and names their address; from anywhere else such a header is anybody's invention.
  app.set('trust proxy', ['loopback', ...(options.trustedProxies ?? [])]);
  app.use(helmet());
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    try {
      await services.db.$queryRaw`select 1`;
      response.json({ status: 'ready' });
    } catch {
      response.status(503).json({ status: 'unavailable', reason: 'The database does not answer.' });
    }
  });
  app.post('/import', importRoute(services));
  app.post('/evidence', evidenceUploadRoute(services, { largest: options.largestEvidence }));
  app.get('/evidence/:id', evidenceDownloadRoute(services));
  const apollo = await graphqlServer(http);
  app.use(
    '/graphql',
    express.json({ limit: BODY_LIMIT }),
    expressMiddleware(apollo, { context: ({ req }) => contextOf(services, req) }),
  );
  app.use((_request, response) => {
    response.status(404).json({ error: { code: 'NOT_FOUND', message: 'There is nothing at this path.' } });
  });
  app.use(answerError);
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, options.host, resolve);
  });
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return { url: `http://${options.host}:${port}`, port, close: () => apollo.stop() };
}

async function graphqlServer(http: Server): Promise<ApolloServer<Context>> {
  const apollo = new ApolloServer<Context>({
    schema: buildSchema(),
    introspection: true,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    hideSchemaDetailsFromClientErrors: false,
    includeStacktraceInErrorResponses: false,
    maxRecursiveSelections: true,
    parseOptions: { maxTokens: MOST_TOKENS },
    formatError,
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer: http }),
      ApolloServerPluginLandingPageDisabled(),
    ],
    logger: {
      debug: () => {},
      info: () => {},
      warn: (m) => log.warn(String(m)),
      error: (m) => log.error(String(m)),
    },
  });
  await apollo.start();
  return apollo;
}

async function contextOf(services: Services, request: Request): Promise<Context> {
  const from = {
    address: request.ip ?? null,
    userAgent: request.get('user-agent') ?? null,
    requestId: randomUUID(),
  };
  try {
    return requestContext(services, await authenticate(services, request.get('authorization')), from);
  } catch (error) {
    if (error instanceof AccessRefusal) throw accessError(error);
    throw error;
  }
}

function accessError(refusal: AccessRefusal): GraphQLError {
  const status = { UNAUTHENTICATED: 401, FORBIDDEN: 403, RATE_LIMITED: 429 }[refusal.code];
  return new GraphQLError(refusal.message, { extensions: { code: refusal.code, http: { status } } });
}

/** Codes that graphql-js and Apollo give to requests that are wrong in form: their messages are for the caller. */
const PUBLIC_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
]);

export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = error instanceof GraphQLError && error.originalError ? error.originalError : error;
  const { locations, path } = formatted;
  const at = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
  if (original instanceof AccessRefusal) {
    const retry =
      original.retryAfterSeconds === null ? {} : { retryAfterSeconds: original.retryAfterSeconds };
    return { message: original.message, ...at, extensions: { code: original.code, ...retry } };
  }
  if (original instanceof Refusal) {
    const argument = original.path.map(String);
    return { message: original.message, ...at, extensions: { code: 'BAD_USER_INPUT', argument } };
  }
  const code = formatted.extensions?.code;
  if (typeof code === 'string' && PUBLIC_CODES.has(code)) {
    const argument = formatted.extensions?.argument;
    return {
      message: formatted.message,
      ...at,
      extensions: argument === undefined ? { code } : { code, argument },
    };
  }
  const reference = randomUUID();
  log.error({
    reference,
    error: original instanceof Error ? (original.stack ?? original.message) : String(original),
  });
  return {
    message: `Something went wrong here. Quote ${reference} to whoever runs this installation.`,
    ...at,
    extensions: { code: 'INTERNAL', requestId: reference },
  };
}

function answerError(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  const status =
    typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  if (status >= 400 && status < 500) {
    const message = status === 413 ? `The body is larger than ${BODY_LIMIT}.` : 'The request is malformed.';
    response.status(status).json({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
    return;
  }
  const reference = randomUUID();
  log.error({ reference, error: error instanceof Error ? error.stack : String(error) });
  response.status(500).json({
    errors: [{ message: `Something went wrong here. Quote ${reference}.`, extensions: { code: 'INTERNAL' } }],
  });
}
