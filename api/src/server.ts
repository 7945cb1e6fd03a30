import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import helmet from 'helmet';
import { enterRoute, type RouteName } from './access/let-through.ts';
import { ROUTE } from './access/permissions.ts';
import { UploadsAtOnce } from './access/uploads-at-once.ts';
import type { Context, Services } from './context.ts';
import { type AdmitOnce, admittingOnce, type DoorOptions, doorkeeper } from './doorkeeper.ts';
import { compiledRoute } from './graphql/compiled/compiled-route.ts';
import { countingRows } from './graphql/defences/counted-rows.ts';
import { defencePlugin } from './graphql/defences/defence-plugin.ts';
import {
  BodyRefusal,
  bodyGate,
  documentGate,
  parseBody,
  tooLarge,
} from './graphql/defences/document-gate.ts';
import { DOCUMENT, SELECTIONS, VALIDATION_ERRORS } from './graphql/defences/limits.ts';
import { formatError } from './graphql/format-error.ts';
import { buildSchema } from './graphql/schema.ts';
import { evidenceDownloadRoute } from './incident/evidence-download-route.ts';
import { evidenceUploadRoute } from './incident/evidence-upload-route.ts';
import { BulkImports } from './interchange/bulk/bulk-imports.ts';
import { importFileRoute } from './interchange/import-file-route.ts';
import { importRoute } from './interchange/import-route.ts';
import { exportIncidentRoute } from './interchange/incidents/export-incident-route.ts';
import { trustedProxies } from './platform/client-address.ts';
import { boundConnections } from './platform/http-timeouts.ts';
import { endingUnread, refuse } from './platform/http-upload.ts';
import { log } from './platform/log.ts';
import { AccessRefusal } from './platform/refusal.ts';
import { sharedWork } from './platform/shared-work.ts';
import { RegressionWatch } from './regression/regression-watch.ts';

export { formatError } from './graphql/format-error.ts';

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
  door?: DoorOptions;
  /** Whether hot operations are answered past the ordinary path: they are, unless told; or who hears of each. */
  compiled?: boolean | ((field: string) => void);
}): Promise<RunningApi> {
  const { services } = options;
  const door = doorkeeper(services, options.door);
  const app = express();
  const http = createServer(app);
  boundConnections(http, trustedProxies(options.door?.trustedProxies));
  app.disable('x-powered-by');
  // Nobody asks again for what a POST answered, and its digest would be worked out for each answer.
  app.disable('etag');
  app.use(helmet());
  app.use(endingUnread);
  const { admit } = door;
  const admitOnce = admittingOnce(admit);
  app.get('/healthz', listed('GET /healthz', admitOnce), (_request, response) => {
    response.json({ status: 'ok' });
  });
  // It costs nothing to ask, so all who ask at once share one look-up, and hold one connection.
  const databaseAnswers = sharedWork(() => services.db.$queryRaw`select 1`);
  app.get('/readyz', listed('GET /readyz', admitOnce), async (_request, response) => {
    try {
      await databaseAnswers();
      response.json({ status: 'ready' });
    } catch {
      response.status(503).json({ status: 'unavailable', reason: 'The database does not answer.' });
    }
  });
  const bulk = new BulkImports(services);
  const uploads = new UploadsAtOnce();
  app.post('/import', importRoute(services, { admit, bulk, uploads }));
  const evidence = { admit, largest: options.largestEvidence, uploads };
  app.post('/evidence', evidenceUploadRoute(services, evidence));
  app.get('/evidence/:id', evidenceDownloadRoute(admit));
  app.get('/import/:id/file', importFileRoute(admit));
  app.get('/export/incident/:key', exportIncidentRoute(admit));
  const schema = countingRows(buildSchema());
  const apollo = await graphqlServer(http, schema);
  const { compiled = true } = options;
  const onAnswered = typeof compiled === 'function' ? compiled : undefined;
  app.use(
    '/graphql',
    listed('USE /graphql', admitOnce),
    bodyGate,
    parseBody,
    documentGate,
    ...(compiled === false ? [] : [compiledRoute(schema, admitOnce, onAnswered)]),
    expressMiddleware(apollo, { context: ({ req, res }) => contextOf(admitOnce, req, res) }),
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
  void bulk.goOn();
  const regressions = new RegressionWatch(services);
  regressions.start();
  const close = async () => {
    await apollo.stop();
    await bulk.stop();
    await regressions.stop();
  };
  return { url: `http://${options.host}:${port}`, port, close };
}

async function graphqlServer(http: Server, schema: GraphQLSchema): Promise<ApolloServer<Context>> {
  const apollo = new ApolloServer<Context>({
    schema,
    // Told or not by who asks: see defencePlugin.
    introspection: true,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    hideSchemaDetailsFromClientErrors: false,
    includeStacktraceInErrorResponses: false,
    maxRecursiveSelections: SELECTIONS,
    validationOptions: { maxErrors: VALIDATION_ERRORS },
    parseOptions: { maxTokens: DOCUMENT.tokens },
    formatError,
    plugins: [
      defencePlugin,
      ApolloServerPluginDrainHttpServer({ httpServer: http }),
      ApolloServerPluginLandingPageDisabled(),
      // Each would look at every field of every answer, and none has anything to tell here.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
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

/**
 * Lets nobody on whom the list does not let through, where a route asks for nobody's rights itself. What is for everyone
 * costs nothing here, and is answered to whose credential is bad as well.
 */
function listed(route: RouteName, admit: AdmitOnce): RequestHandler {
  return async (request, response, next) => {
    if (ROUTE[route] !== 'everyone') {
      try {
        enterRoute((await admit(request, response)).viewer, route);
      } catch (error) {
        refuse(request, response, error);
        return;
      }
    }
    next();
  };
}

async function contextOf(admit: AdmitOnce, request: Request, response: Response): Promise<Context> {
  try {
    return await admit(request, response);
  } catch (error) {
    if (error instanceof AccessRefusal) throw accessError(error);
    throw error;
  }
}

function accessError(refusal: AccessRefusal): GraphQLError {
  const status = { UNAUTHENTICATED: 401, FORBIDDEN: 403, RATE_LIMITED: 429 }[refusal.code];
  const { retryAfterSeconds } = refusal;
  const retry = retryAfterSeconds === null ? {} : { retryAfterSeconds };
  return new GraphQLError(refusal.message, {
    extensions: { code: refusal.code, ...retry, http: { status } },
  });
}

function answerError(error: unknown, request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  const status =
    typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  if (status >= 400 && status < 500) {
    const message =
      status === 413
        ? tooLarge(request)
        : error instanceof BodyRefusal
          ? error.message
          : 'The request is malformed.';
    response.status(status).json({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
    return;
  }
  const reference = randomUUID();
  log.error({ reference, error: error instanceof Error ? error.stack : String(error) });
  response.status(500).json({
    errors: [{ message: `Something went wrong here. Quote ${reference}.`, extensions: { code: 'INTERNAL' } }],
  });
}
