import Link from 'next/link';
import { CatalogueEmpty, CataloguePages } from '@/features/catalogue/Catalogue.tsx';
import { type CatalogueState, pageVariables } from '@/features/catalogue/catalogue-state.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { VersionStatus } from './VersionStatus.tsx';

const LIST = graphql(`
  query ScoringRules($search: String, $first: Int, $after: String, $last: Int, $before: String) {
    scoringRules(search: $search, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes {
        id name evaluation scorer
        inForce { id number status meaning }
        versions { id number status }
      }
    }
  }
`);

export async function ScoringRuleResults({ state }: { state: CatalogueState }) {
  const answer = await query(LIST, pageVariables(state));
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The scoring rules" />;
  const { nodes, totalCount, pageInfo } = answer.data.scoringRules;
  if (nodes.length === 0) {
    return (
      <CatalogueEmpty state={state} noun="scoring rule" clear={paths.scoringRules()}>
        Until a rule says what the values of a scorer mean, they are scores, and no behaviour is measured.
      </CatalogueEmpty>
    );
  }
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <Table label="Scoring rules">
        <thead>
          <tr>
            <Th>Rule</Th>
            <Th>Applied</Th>
            <Th className="max-sm:hidden">What it measures</Th>
            <Th align="right">Versions</Th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((rule) => (
            <tr key={rule.id}>
              <Td className="min-w-44">
                <Link href={paths.scoringRule(rule.name)} className={`${linkLook} font-medium break-all`}>
                  {rule.name}
                </Link>
                <div className="text-xs text-ink-3">
                  {rule.scorer} in {rule.evaluation}
                </div>
              </Td>
              <Td className="whitespace-nowrap">
                {rule.inForce ? (
                  <>
                    Version {rule.inForce.number} <VersionStatus status={rule.inForce.status} />
                  </>
                ) : (
                  <span className="text-ink-3">none yet</span>
                )}
              </Td>
              <Td className="min-w-60 text-ink-2 max-sm:hidden">{rule.inForce?.meaning[0]}</Td>
              <Td align="right">{rule.versions.length}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <CataloguePages
        noun="scoring rule"
        totalCount={totalCount}
        pageInfo={pageInfo}
        href={(page) => paths.scoringRules({ search: state.search, ...page })}
      />
    </>
  );
}
