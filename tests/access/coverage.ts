// Fields of the schema that paired worlds don't reach, each with the reason.
const because = (why: string, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, why]));

const UNREACHABLE: Readonly<Record<string, string>> = {
  ...because('A session, a link or a password is a random secret; nothing recorded has a part in it.', [
    'Session',
    'CreateSessionSuccess',
    'RevokeSessionSuccess',
    'ActiveSession',
    'AcceptInvitationSuccess',
    'InvitationOffer',
    'PasswordResetOffer',
    'ResetPasswordSuccess',
    'ChangePasswordSuccess',
    'Mutation.acceptInvitation',
    'Mutation.changePassword',
    'Mutation.createSession',
    'Mutation.createSessionFromProvider',
    'Mutation.renewSession',
    'Mutation.resetPassword',
    'Mutation.revokeSession',
  ]),
  ...because('A provider is a setting, and what it vouches for is told to its account alone.', [
    'SignInProvider',
    'LinkIdentitySuccess',
    'Mutation.linkIdentity',
    'OwnIdentity',
    'UnlinkIdentitySuccess',
    'Mutation.unlinkIdentity',
  ]),
  ...because('Accounts are for administrators, from whom nothing is hidden.', [
    'Member',
    'Invitation',
    'InvitationEdge',
    'AddTeamMemberSuccess',
    'ChangeMemberRoleSuccess',
    'CreatePasswordResetSuccess',
    'CreateServiceAccountSuccess',
    'CreateTeamSuccess',
    'DisableMemberSuccess',
    'EnableMemberSuccess',
    'InviteMemberSuccess',
    'RemoveTeamMemberSuccess',
    'RevokeInvitationSuccess',
    'RevokeMemberSessionsSuccess',
    'Mutation.addTeamMember',
    'Mutation.changeMemberRole',
    'Mutation.createPasswordReset',
    'Mutation.createServiceAccount',
    'Mutation.createTeam',
    'Mutation.disableMember',
    'Mutation.enableMember',
    'Mutation.inviteMember',
    'Mutation.removeTeamMember',
    'Mutation.revokeInvitation',
    'Mutation.revokeMemberSessions',
  ]),
  ...because("One's own name is nobody else's record.", ['UpdateProfileSuccess', 'Mutation.updateProfile']),
  ...because(
    'What lies in a file is outside the database, of which alone a world is made; transcript.test.ts.',
    [
      'ImportFile',
      'ImportReveal',
      'RereadImportSuccess',
      'RevealImportSuccess',
      'TranscriptMessage',
      'TranscriptPart',
      'TranscriptScore',
      'TranscriptScoreEdit',
      'TranscriptUsage',
    ],
  ),
  ...because('A list is cut at a thousand; no world has as many.', ['ListTruncation']),
  ...because('A token is revoked by its id, which is made with it, and listed to its owner.', [
    'RevokeApiTokenSuccess',
    'ApiTokenEdge',
  ]),
};

export function unreachable(coordinate: string): boolean {
  const [type = ''] = coordinate.split('.');
  return Object.hasOwn(UNREACHABLE, coordinate) || Object.hasOwn(UNREACHABLE, type);
}
