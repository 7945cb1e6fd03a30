import Link from 'next/link';
import { STAGE_TITLES } from '@/features/lineage/bands.ts';
import { REASON_WORDS } from '@/features/lineage/lineage-words.ts';
import { query } from '@/graphql/execute.ts';
import type { LargestUnknownsQuery } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Count, ShareRange, Unknown } from '@/ui/Figure.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { plural } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { UnaccountedBar } from './UnaccountedBar.tsx';

const LIST = graphql(`
  query LargestUnknowns($after: String) {
    largestUnknowns(first: 50, after: $after) {
      totalCount
      lookedAt
      cut
      pageInfo { hasNextPage endCursor }
      edges {
        cursor
        node {
          unaccountedTokens
          modelVersion { ref label }
          stage {
            stage
            tokens
            unaccounted
            unaccountedUpper
            trainingRun { ref label }
            losses { reason share shareUpper node { ref label } }
          }
        }
      }
    }
  }
`);

type Row = LargestUnknownsQuery['largestUnknowns']['edges'][number]['node'];

export async function UnknownResults({ after }: { after: string | null }) {
  const answer = await query(LIST, { after });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The largest unknowns" />;
  const { edges, totalCount, lookedAt, cut, pageInfo } = answer.data.largestUnknowns;
  if (edges.length === 0) return <NoUnknowns lookedAt={lookedAt} />;
  return (
    <>
      <PartialNotice problems={answer.problems} />
      {cut ? (
        <Notice tone="warning" title="Not every model version was looked at" className="mb-4">
          Only the {plural(lookedAt, 'model version')} recorded last, with all that they were trained from.
        </Notice>
      ) : null}
      <Table label="The largest unknowns">
        <thead>
          <tr>
            <Th>Model version</Th>
            <Th>Unaccounted</Th>
            <Th align="right">In tokens</Th>
            <Th>Stage</Th>
            <Th align="right">Tokens</Th>
            <Th>Where it is lost, and why</Th>
          </tr>
        </thead>
        <tbody>
          {edges.map(({ cursor, node }) => (
            <UnknownRow key={cursor} row={node} />
          ))}
        </tbody>
      </Table>
      <nav
        aria-label="Pages of the largest unknowns"
        className="mt-3 flex items-center gap-3 text-sm text-ink-2"
      >
        <span>
          {plural(totalCount, 'stage')} of {plural(lookedAt, 'model version')}
        </span>
        <span className="ml-auto flex gap-2">
          {after ? (
            <Button asChild>
              <Link href={paths.unknowns()}>First page</Link>
            </Button>
          ) : null}
          {pageInfo.hasNextPage ? (
            <Button asChild>
              <Link href={paths.unknowns({ after: pageInfo.endCursor })}>Next</Link>
            </Button>
          ) : null}
        </span>
      </nav>
    </>
  );
}

function UnknownRow({ row: { modelVersion, stage, unaccountedTokens } }: { row: Row }) {
  const title = stage.stage ? STAGE_TITLES[stage.stage] : 'Training not recorded';
  return (
    <tr>
      <Td className="min-w-44">
        <RefLink refOf={modelVersion.ref} className="font-medium">
          {modelVersion.label}
        </RefLink>
      </Td>
      <Td className="min-w-44">
        <UnaccountedBar least={stage.unaccounted} most={stage.unaccountedUpper} />
      </Td>
      <Td align="right">
        <Count value={unaccountedTokens} unknown={<Unknown what="not stated" />} />
      </Td>
      <Td className="min-w-40">
        {title}
        {stage.trainingRun ? (
          <div className="text-xs">
            <RefLink refOf={stage.trainingRun.ref}>{stage.trainingRun.label}</RefLink>
          </div>
        ) : null}
      </Td>
      <Td align="right">
        <Count value={stage.tokens} unknown={<Unknown what="not stated" />} />
      </Td>
      <Td className="min-w-72">
        <Losses losses={stage.losses} />
      </Td>
    </tr>
  );
}

/** Beyond these, a model version's own page shows the rest. */
const SHOWN = 3;

function Losses({ losses }: { losses: Row['stage']['losses'] }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {losses.slice(0, SHOWN).map((loss) => (
        <li key={`${loss.node.ref} ${loss.reason}`}>
          <ShareRange lower={loss.share} upper={loss.shareUpper} /> at{' '}
          <RefLink refOf={loss.node.ref} className="underline decoration-accent-line">
            {loss.node.label}
          </RefLink>
          : {REASON_WORDS[loss.reason]}
        </li>
      ))}
      {losses.length > SHOWN ? (
        <li className="text-xs text-ink-3">and {plural(losses.length - SHOWN, 'smaller one')}</li>
      ) : null}
    </ul>
  );
}

/** No model at all is another thing than nothing unaccounted. */
function NoUnknowns({ lookedAt }: { lookedAt: number }) {
  if (lookedAt === 0)
    return (
      <EmptyState kind="none" title="No model versions yet">
        What is unaccounted appears here when a model version is registered through the API or comes with an
        import.
      </EmptyState>
    );
  return (
    <EmptyState kind="none" title="Nothing is unaccounted">
      All that the {plural(lookedAt, 'model version')} here were trained on ends in a recorded source, or in a
      model that wrote it.
    </EmptyState>
  );
}
