import type { Instance } from '../../testkit/instance.ts';
import type { Remote } from '../../testkit/remote.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { chunks, inTurns } from './hostile-world.ts';

/** The pages that show people, programs, teams, and what one has oneself, to those who may see them. */
export const PEOPLE_PAGES: readonly string[] = [
  '/members',
  '/members?search=pwned',
  '/members/invitations',
  '/members/service-accounts',
  '/members/teams',
  '/account',
];

/** Names people, programs, teams and tokens after the texts, and signs in with a hostile browser; answers what was refused. */
export async function writeHostilePeople(instance: Instance, remote: Remote): Promise<string[]> {
  const refused: string[] = [];
  const tried = async (what: string, name: string, work: () => Promise<unknown>) => {
    await work().catch((error: Error) => refused.push(`${what} ${JSON.stringify(name)}: ${error.message}`));
  };
  const names = chunks(200);
  await inTurns(names, (name) =>
    tried('service account', name, () =>
      remote.write('createServiceAccount', { name, role: 'VIEWER' }, '__typename'),
    ),
  );
  const teams = names.filter((_, i) => i % 3 === 0);
  await inTurns(teams, (name, i) =>
    tried('team', name, () => remote.write('createTeam', { name, namespace: `hostile-${i}` }, '__typename')),
  );
  const short = chunks(100).filter((name) => name.length <= 100);
  await inTurns(short, (name) =>
    tried('token', name, () => remote.write('createApiToken', { name, scopes: ['read'] }, '__typename')),
  );
  const people = names.filter((_, i) => i % 6 === 1);
  await inTurns(people, async (name, i) => {
    const { token } = await remote.write('inviteMember', { role: 'VIEWER' }, 'token');
    const joined = { token, name, email: `hostile-${i}@example.org`, password: `a password of theirs ${i}` };
    await tried('person', name, () => remote.write('acceptInvitation', joined, '__typename'));
  });
  await inTurns(HOSTILE_TEXTS.filter(isHeader).slice(0, 12), (text) =>
    tried('browser', text, () => signIn(instance, text)),
  );
  return refused;
}

/** What a header can hold. */
const isHeader = (text: string) => /^[\t\x20-\x7e]*$/.test(text);

async function signIn({ api, account }: Instance, userAgent: string): Promise<void> {
  const query = `mutation ($input: CreateSessionInput!) {
    createSession(input: $input) { __typename ... on Error { message } } }`;
  const response = await fetch(`${api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': userAgent },
    body: JSON.stringify({ query, variables: { input: account } }),
  });
  const { data } = (await response.json()) as { data: { createSession: { __typename: string } } };
  if (data.createSession.__typename !== 'CreateSessionSuccess') throw new Error(JSON.stringify(data));
}
