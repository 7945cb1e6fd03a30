import { type ApiRequest, callApi } from './call-api.ts';
import type { TypedDocumentString } from './generated/graphql.ts';

/** A GraphQL error as pages show it. `code` is the API's `extensions.code`. */
export interface Problem {
  message: string;
  code: string | null;
  path: ReadonlyArray<string | number>;
  requestId: string | null;
}

/**
 * One answer, in three kinds that must not be mixed up: data (with `problems` where parts are missing),
 * errors (the API refused or failed), unreachable (nobody answered, so nothing is known).
 */
export type Answer<Data> =
  | { kind: 'data'; data: Data; problems: Problem[] }
  | { kind: 'errors'; errors: Problem[] }
  | { kind: 'unreachable'; message: string };

export type PostOptions = Pick<ApiRequest, 'caller' | 'accessToken' | 'signal'>;

const TIMEOUT_MS = 30_000;

/** Sends a request's body to the API as it is and gives its response; rejects where nobody answers. */
export function postBody(body: string, options: PostOptions): Promise<Response> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  return callApi('/graphql', { ...options, method: 'POST', headers, body, signal });
}

interface WireError {
  message?: string;
  path?: Array<string | number>;
  extensions?: { code?: string; requestId?: string };
}

/** Reads a GraphQL response of any status; what is no GraphQL response counts as unreachable. */
export async function readAnswer<Data>(response: Response): Promise<Answer<Data>> {
  let json: { data?: Data | null; errors?: WireError[] };
  try {
    json = await response.json();
  } catch {
    return { kind: 'unreachable', message: `The server answered ${response.status} without a result.` };
  }
  const problems = (json.errors ?? []).map((error) => ({
    message: error.message ?? 'Unknown error',
    code: error.extensions?.code ?? null,
    path: error.path ?? [],
    requestId: error.extensions?.requestId ?? null,
  }));
  if (json.data) return { kind: 'data', data: json.data, problems };
  if (problems.length > 0) return { kind: 'errors', errors: problems };
  return { kind: 'unreachable', message: `The server answered ${response.status} without a result.` };
}

export async function postDocument<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  options: PostOptions,
): Promise<Answer<Data>> {
  let response: Response;
  try {
    response = await postBody(JSON.stringify({ query: document.toString(), variables }), options);
  } catch {
    return { kind: 'unreachable', message: 'The Headwater API is not reachable.' };
  }
  return readAnswer<Data>(response);
}
