/** Speaks to a running Headwater as a tool does: GraphQL over HTTP, with a person's session. */
export interface Remote {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the document's, written beside its use
  ask(query: string, variables?: object): Promise<any>;
  /** Runs a mutation and answers what its success made; anything else fails at once. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the mutation's, written beside its use
  write(mutation: string, input: object, made: string): Promise<any>;
  /** Sends a file to `POST /import`, and answers what became of it. */
  bringIn(file: { name: string; body: string; visibility?: string }): Promise<BroughtIn>;
  /** Sends some bytes to a route, with headers besides who sends them. */
  post(path: string, headers: Record<string, string>, body: string): Promise<Response>;
}

export interface BroughtIn {
  status: number;
  id: string;
  evalRuns: string[];
  incidents: string[];
}

export async function signedIn(instance: {
  api: string;
  account: { email: string; password: string };
}): Promise<Remote> {
  let token: string | null = null;
  const ask: Remote['ask'] = async (query, variables = {}) => {
    const response = await fetch(`${instance.api}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(`${JSON.stringify(errors)} of ${query} ${JSON.stringify(variables)}`);
    return data;
  };
  const write: Remote['write'] = async (mutation, input, made) => {
    const title = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
    const { result } = await ask(
      `mutation ($input: ${title}Input!) { result: ${mutation}(input: $input) {
        __typename ... on ${title}Success { ${made} } ... on Error { message } } }`,
      { input },
    );
    if (result.__typename !== `${title}Success`)
      throw new Error(`${mutation}: ${result.message} ${JSON.stringify(input)}`);
    return result;
  };
  const { session } = await write('createSession', instance.account, 'session { accessToken }');
  token = session.accessToken;
  const post: Remote['post'] = (path, headers, body) =>
    fetch(`${instance.api}${path}`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${token}` },
      body,
    });
  const bringIn: Remote['bringIn'] = async ({ name, body, visibility }) => {
    const query = visibility === undefined ? '' : `?visibility=${visibility}`;
    const response = await post(`/import${query}`, { 'x-filename': encodeURIComponent(name) }, body);
    // The answer has a status of its own, that of the import.
    return { ...(await response.json()), status: response.status };
  };
  return { ask, write, bringIn, post };
}
