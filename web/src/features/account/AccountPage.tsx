import { CataloguePages } from '@/features/catalogue/Catalogue.tsx';
import { type CatalogueState, pageVariables } from '@/features/catalogue/catalogue-state.ts';
import { query } from '@/graphql/execute.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Day, Facts, Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { Section } from '@/ui/Section.tsx';
import { ACCOUNT } from './account-query.ts';
import { ChangePassword } from './ChangePassword.tsx';
import { CreateToken } from './CreateToken.tsx';
import { EditProfile } from './EditProfile.tsx';
import { whyNotFresh } from './link-failures.ts';
import { EndOtherSessions, SessionsTable } from './SessionsTable.tsx';
import { TokensTable } from './TokensTable.tsx';
import { Watching } from './Watching.tsx';
import { WaysToSignIn } from './WaysToSignIn.tsx';

const BY_PROVIDER = 'This account signs in by a provider and has no password.';

export async function AccountPage(props: {
  state: CatalogueState;
  /** What came of linking a provider: why not, or which. */
  error: string | null;
  linked: string | null;
}) {
  const { state, error, linked } = props;
  const { search: _search, ...page } = pageVariables(state);
  const answer = await query(ACCOUNT, page);
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="Your account" />;
  const { viewer, sessions, apiTokens, signInProviders, watches } = answer.data;
  const account = viewer.account;
  if (!account) return null;
  const current = sessions.find((session) => session.current);
  const others = sessions.filter((session) => !session.current).length;
  const blocked = whyNotFresh(current?.createdAt, Date.now());
  return (
    <>
      <PageHeader
        title="Your account"
        meta={
          <>
            <span>{words(account.role)}</span>
            <span>
              Since <Day value={account.createdAt} />
            </span>
          </>
        }
        actions={
          <>
            <EditProfile name={account.name} />
            <ChangePassword blocked={account.hasPassword ? null : BY_PROVIDER} />
          </>
        }
      />
      <PartialNotice problems={answer.problems} />
      <Section id="profile" title="Profile">
        <Facts
          items={[
            { name: 'Name', value: account.name },
            { name: 'E-mail', value: account.email ?? <Unknown /> },
            {
              name: 'Teams',
              value: account.teams.map((team) => team.name).join(', '),
            },
          ]}
        />
      </Section>
      <Section
        id="watching"
        title="Watching"
        count={watches.length}
        note="You are told, under the bell above, when a rule of the regression watch hits what you watch."
      >
        <Watching watches={watches} />
      </Section>
      <Section
        id="ways-to-sign-in"
        title="Ways to sign in"
        note="Each of them opens this account. A provider is linked by signing in there."
      >
        <WaysToSignIn
          hasPassword={account.hasPassword}
          providers={signInProviders}
          identities={viewer.identities}
          blocked={blocked}
          error={error}
          linked={linked}
        />
      </Section>
      <Section
        id="sessions"
        title="Sessions"
        count={sessions.length}
        note="Where you are signed in. A session that is ended stops at once."
        actions={<EndOtherSessions others={others} />}
      >
        <SessionsTable sessions={sessions} />
      </Section>
      <Section
        id="tokens"
        title="API tokens"
        count={apiTokens.totalCount}
        note="A token lets a tool work in your name, within the scopes that you give it and never beyond your role."
        actions={<CreateToken scopes={viewer.scopes} owner={null} blocked={blocked} />}
      >
        {apiTokens.nodes.length === 0 ? (
          <EmptyState kind="none" title="No tokens yet">
            Create one for a script, a notebook or a pipeline that writes here.
          </EmptyState>
        ) : (
          <>
            <TokensTable tokens={apiTokens.nodes} label="Your API tokens" />
            <CataloguePages
              noun="token"
              totalCount={apiTokens.totalCount}
              pageInfo={apiTokens.pageInfo}
              href={(next) => paths.account(next)}
            />
          </>
        )}
      </Section>
    </>
  );
}
