import { CreateToken } from '@/features/account/CreateToken.tsx';
import { ROLES } from '@/features/account/scope-words.ts';
import { TokensTable } from '@/features/account/TokensTable.tsx';
import { CatalogueEmpty, CataloguePages } from '@/features/catalogue/Catalogue.tsx';
import { type CatalogueState, pageVariables } from '@/features/catalogue/catalogue-state.ts';
import { query } from '@/graphql/execute.ts';
import type { ServiceAccountsQuery } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { Badge } from '@/ui/Badge.tsx';
import { plural, words } from '@/ui/numbers.ts';
import { Section } from '@/ui/Section.tsx';
import { MemberActions } from './MemberActions.tsx';

const SERVICES = graphql(`
  query ServiceAccounts($search: String, $first: Int, $after: String, $last: Int, $before: String) {
    viewer { scopes }
    members(kind: SERVICE, search: $search, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes {
        ...MemberRow
        apiTokens(first: 100) { totalCount nodes { ...TokenRow } }
      }
    }
  }
`);

type Service = ServiceAccountsQuery['members']['nodes'][number];

export async function ServiceAccountResults({ state }: { state: CatalogueState }) {
  const answer = await query(SERVICES, { ...pageVariables(state) });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The service accounts" />;
  const { members, viewer } = answer.data;
  if (members.nodes.length === 0) {
    return (
      <CatalogueEmpty state={state} noun="service account" clear={paths.serviceAccounts()}>
        A service account lets a program work in its own name, so that it goes on when the person who set it
        up has left.
      </CatalogueEmpty>
    );
  }
  return (
    <>
      {members.nodes.map((service) => (
        <ServiceAccount key={service.id} service={service} scopes={viewer.scopes} />
      ))}
      <CataloguePages
        noun="service account"
        totalCount={members.totalCount}
        pageInfo={members.pageInfo}
        href={(page) => paths.serviceAccounts(page)}
      />
    </>
  );
}

function ServiceAccount({ service, scopes }: { service: Service; scopes: readonly string[] }) {
  const ofRole = ROLES.find((one) => one.role === service.role)?.scopes ?? [];
  const { apiTokens } = service;
  const left = apiTokens.totalCount - apiTokens.nodes.length;
  return (
    <Section
      id={`service-${service.id}`}
      title={service.name}
      note={
        <>
          {words(service.role)} in {service.teams.map((team) => team.name).join(', ')}
          {service.disabledAt ? (
            <Badge tone="warning" className="ml-2">
              disabled
            </Badge>
          ) : null}
        </>
      }
      actions={
        <>
          <CreateToken
            scopes={scopes.filter((scope) => ofRole.includes(scope))}
            owner={{ id: service.id, name: service.name }}
            blocked={service.disabledAt ? 'The service account is disabled.' : null}
            buttonProps={{ size: 'sm' }}
          />
          <MemberActions member={service} />
        </>
      }
    >
      {apiTokens.nodes.length === 0 ? (
        <p className="text-sm text-ink-3">It has no token yet, so it can do nothing.</p>
      ) : (
        <TokensTable tokens={apiTokens.nodes} label={`Tokens of ${service.name}`} />
      )}
      {left > 0 ? <p className="mt-1 text-sm text-ink-2">{plural(left, 'older token')} not shown.</p> : null}
    </Section>
  );
}
