// Fields of the schema that paired worlds don't reach, each with the reason.
const UNREACHABLE: Readonly<Record<string, string>> = {
  Session: 'A session is made of random secrets; nothing recorded has a part in it.',
  CreateSessionSuccess: 'As for Session.',
  RevokeSessionSuccess: 'As for Session.',
  'Mutation.createSession': 'As for Session.',
  'Mutation.renewSession': 'As for Session.',
  'Mutation.revokeSession': 'As for Session.',
  ListTruncation: 'A list is cut at a thousand; no world has as many.',
  RevokeApiTokenSuccess: 'A token is revoked by its id, which is made with it.',
};

export function unreachable(coordinate: string): boolean {
  const [type = ''] = coordinate.split('.');
  return Object.hasOwn(UNREACHABLE, coordinate) || Object.hasOwn(UNREACHABLE, type);
}
